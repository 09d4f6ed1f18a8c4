import { resumePayoutsWorkflow } from "../../../../../workflows"
import { answersRefusals } from "../../../answers-refusals"
import { sendingAnswer } from "../../answers"
import type { AdminResumePayoutsType } from "../../validators"

export const POST = answersRefusals<AdminResumePayoutsType>(async (req, res) => {
  await resumePayoutsWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: req.auth_context.actor_id },
  })
  res.json(await sendingAnswer(req.scope))
})
