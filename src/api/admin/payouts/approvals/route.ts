import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/actors"
import { listRows } from "../../read-rows"
import { transferRowFilters } from "../answers"
import { approvalAnswers } from "../approval-answers"
import { waitingBatchAnswers } from "../batch-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const filters = transferRowFilters(req.filterableFields)
  req.filterableFields = {
    // One that is asked for by its id may be in a batch.
    ...("id" in filters ? {} : { batch_id: null }),
    ...filters,
    status: "awaiting_approval",
  }
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const approvals = await approvalAnswers(req.scope, rows, actor)
  res.json({ batches: await waitingBatchAnswers(req.scope), approvals, ...page })
}
