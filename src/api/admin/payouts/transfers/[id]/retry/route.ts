import { retryPayoutTransferWorkflow } from "../../../../../../workflows"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { transferAnswer } from "../../../answers"
import type { AdminRetryPayoutTransferType } from "../../../validators"

export const POST = answersRefusals<AdminRetryPayoutTransferType>(async (req, res) => {
  const input = actionInput(req)
  const { result } = await retryPayoutTransferWorkflow(req.scope).run({ input })
  res.json(await transferAnswer(req.scope, result.id))
})
