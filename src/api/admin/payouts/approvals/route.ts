import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/actors"
import { listRows } from "../../read-rows"
import { transferRowFilters } from "../answers"
import { approvalAnswers } from "../approval-answers"
import { waitingBatchAnswers } from "../batch-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const filters = transferRowFilters(req.filterableFields)
  const isOfBatch = ["id", "batch_id", "import_id"].some((name) => name in filters)
  req.filterableFields = {
    ...(isOfBatch ? {} : { batch_id: null }),
    ...filters,
    status: "awaiting_approval",
  }
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const approvals = await approvalAnswers(req.scope, rows, actor)
  res.json({ approvals, batches: await waitingBatchAnswers(req.scope), ...page })
}
