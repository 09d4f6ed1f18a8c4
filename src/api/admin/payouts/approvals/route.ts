import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/actors"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { listRows } from "../../read-rows"
import { transferRowFilters } from "../answers"
import { approvalAnswers } from "../approval-answers"
import { waitingBatchAnswers } from "../batch-answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { may_approve: mayApprove, ...filters } = transferRowFilters(req.filterableFields)
  const isOfSome = ["id", "batch_id", "import_id"].some((name) => name in filters)
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const payouts = payoutsOf(req.scope)
  const wanted = typeof mayApprove === "boolean" ? mayApprove : undefined
  const waiting = isOfSome ? [] : await payouts.waitingBatches()
  // Both read payees, so that they are asked only where somebody sees the difference.
  const forThem = waiting.length > 0 ? await payouts.batchesApprovableBy(actor) : new Set<string>()
  const theirs =
    wanted === undefined ? [] : await payouts.approvableBy(actor, isOfSome ? undefined : null)
  const ids = theirs.map(({ id }) => id)
  const parts = "$and" in filters && Array.isArray(filters.$and) ? filters.$and : []
  req.filterableFields = {
    ...(isOfSome ? {} : { batch_id: null }),
    ...filters,
    status: "awaiting_approval",
    ...(wanted === undefined
      ? {}
      : { $and: [...parts, { id: { [wanted ? "$in" : "$nin"]: ids } }] }),
  }
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const approvals = await approvalAnswers(req.scope, rows, actor)
  const batches = await waitingBatchAnswers(req.scope, waiting, forThem, wanted)
  res.json({ approvals, batches, ...page })
}
