import { approvePayoutBatchWorkflow } from "../../../../../../workflows"
import { actorOf } from "../../../../../../workflows/actors"
import { actionInput, answersRefusals } from "../../../../answers-refusals"
import { batchAnswer, batchApprovalAnswer } from "../../../batch-answers"
import type { AdminApprovePayoutBatchType } from "../../../validators"

export const POST = answersRefusals<AdminApprovePayoutBatchType>(async (req, res) => {
  const input = actionInput(req)
  const { result } = await approvePayoutBatchWorkflow(req.scope).run({ input })
  const answer = await batchAnswer(req.scope, input.id, await actorOf(req.scope, input.actor))
  res.json({ ...answer, approval: batchApprovalAnswer(result) })
})
