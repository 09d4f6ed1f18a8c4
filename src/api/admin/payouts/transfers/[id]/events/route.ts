import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows, retrieveRow } from "../../../../read-rows"
import { withNames } from "../../../names"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await retrieveRow(req.scope, { entity: "payout_transfer", what: "transfer", id, fields: ["id"] })
  req.filterableFields.transfer_id = id
  const { rows, ...page } = await listRows(req, "payout_transfer_event")
  res.json({ events: await withNames(req.scope, rows, ["actor"]), ...page })
}
