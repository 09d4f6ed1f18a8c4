import { endPayoutImportWorkflow } from "../../../../../../workflows"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { importAnswer } from "../../../import-answers"
import type { AdminEndPayoutImportType } from "../../../validators"

export const POST = answersRefusals<AdminEndPayoutImportType>(async (req, res) => {
  const input = actionInput(req)
  await endPayoutImportWorkflow(req.scope).run({ input })
  res.json(await importAnswer(req.scope, input.id))
})
