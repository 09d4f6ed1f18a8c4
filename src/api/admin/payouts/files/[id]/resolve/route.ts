import { resolvePayoutFileWorkflow } from "../../../../../../workflows"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { fileAnswer } from "../../../file-answers"
import type { AdminResolvePayoutFileType } from "../../../file-validators"

export const POST = answersRefusals<AdminResolvePayoutFileType>(async (req, res) => {
  const input = actionInput(req)
  await resolvePayoutFileWorkflow(req.scope).run({ input })
  res.json(await fileAnswer(req.scope, input.id))
})
