import { pausePayoutsWorkflow } from "../../../../../workflows"
import { answersRefusals } from "../../../answers-refusals"
import { sendingAnswer } from "../../answers"
import type { AdminPausePayoutsType } from "../../validators"

export const POST = answersRefusals<AdminPausePayoutsType>(async (req, res) => {
  await pausePayoutsWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: req.auth_context.actor_id },
  })
  res.json(await sendingAnswer(req.scope))
})
