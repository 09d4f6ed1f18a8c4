import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows, retrieveRow } from "../../../../read-rows"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await retrieveRow(req.scope, { entity: "payout_transfer", what: "transfer", id, fields: ["id"] })
  req.filterableFields.transfer_id = id
  const { rows: events, ...page } = await listRows(req, "payout_transfer_event")
  res.json({ events, ...page })
}
