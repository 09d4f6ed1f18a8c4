import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, payoutsOf } from "../../../../workflows/payout/payouts-of"
import { listRows } from "../../list-rows"
import { withBeneficiaries } from "../transfers/with-beneficiaries"

/**
 * What waits for an approval, and whether who asks may give it. Limits are not looked at: what is left of a day
 * is known when somebody approves.
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields.status = "awaiting_approval"
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const ids = rows.map(({ id }) => String(id))
  const blockers = await payoutsOf(req.scope).approvalBlockers(ids, actor)
  const transfers = await withBeneficiaries(req.scope, rows)
  res.json({
    payout_approvals: transfers.map((payout_transfer) => {
      const blocker = blockers.get(String(payout_transfer.id)) ?? null
      return { payout_transfer, may_approve: blocker === null, why_not: blocker }
    }),
    ...page,
  })
}
