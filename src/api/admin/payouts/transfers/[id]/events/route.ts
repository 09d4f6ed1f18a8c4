import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../../../workflows/payout/payouts-of"
import { retrieveRow } from "../../../retrieve-row"

/** Every step of a transfer, oldest first: who did it, why, and the gateway's code and words. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await retrieveRow(req.scope, { entity: "payout_transfer", what: "transfer", id, fields: ["id"] })
  const events = await payoutsOf(req.scope).eventsOf(id)
  res.json({ payout_transfer_events: events, count: events.length })
}
