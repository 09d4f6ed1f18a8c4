import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf, payoutsOf } from "../../../../../../workflows/payout/payouts-of"
import { withClearConflict } from "../../../clear-conflict"

/**
 * The account in full, by the names of the provider's fields: the only answer that shows it. Each call leaves
 * an audit line, so that it is no GET; nothing on the way may keep the answer.
 */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const account = await withClearConflict(
    payoutsOf(req.scope).revealAccount(String(req.params.id), actor)
  )
  res.setHeader("cache-control", "no-store")
  res.json({ account })
}
