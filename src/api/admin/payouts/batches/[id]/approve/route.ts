import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { approvePayoutBatchWorkflow } from "../../../../../../workflows"
import { actorOf } from "../../../../../../workflows/actors"
import { answersRefusals } from "../../../../answers-refusals"
import { batchAnswer, batchApprovalAnswer } from "../../../batch-answers"
import type { AdminApprovePayoutBatchType } from "../../../validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminApprovePayoutBatchType>,
    res: MedusaResponse
  ): Promise<void> => {
    const { actor_id: actor } = req.auth_context
    const id = String(req.params.id)
    const { result } = await approvePayoutBatchWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor },
    })
    const answer = await batchAnswer(req.scope, id, await actorOf(req.scope, actor))
    res.json({ ...answer, approval: batchApprovalAnswer(result) })
  }
)
