import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows, retrieveRow } from "../../../../read-rows"
import { withNames } from "../../../names"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  const beneficiary = { entity: "payout_beneficiary", what: "beneficiary", id, fields: ["id"] }
  await retrieveRow(req.scope, beneficiary)
  req.filterableFields.beneficiary_id = id
  const { rows, ...page } = await listRows(req, "payout_beneficiary_version")
  res.json({ versions: await withNames(req.scope, rows, ["edited_by"]), ...page })
}
