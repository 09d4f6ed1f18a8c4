import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/actors"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { listRows } from "../../read-rows"
import { withBeneficiaries } from "../answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields.status = "awaiting_approval"
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const ids = rows.map(({ id }) => String(id))
  const blockers = await payoutsOf(req.scope).approvalBlockers(ids, actor)
  const transfers = await withBeneficiaries(req.scope, rows)
  res.json({
    approvals: transfers.map((transfer) => {
      const blocker = blockers.get(String(transfer.id)) ?? null
      return { transfer, may_approve: blocker === null, why_not: blocker }
    }),
    ...page,
  })
}
