import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../read-rows"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  req.filterableFields.kind = "reconciliation"
  const { rows, ...page } = await listRows(req, "payout_daily_run")
  res.json({ reconciliations: rows, ...page })
}
