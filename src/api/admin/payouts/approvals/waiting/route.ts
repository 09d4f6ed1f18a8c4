import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../../workflows/actors"
import { payoutsOf } from "../../../../../workflows/payouts/payout-workflow"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  res.json({ waiting: await payoutsOf(req.scope).waitingFor(actor) })
}
