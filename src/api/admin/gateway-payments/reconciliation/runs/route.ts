import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../../read-rows"
import { withDuration } from "../../answers"

/** The runs of the last month that had something to do, and the last one. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "reconciliation_run")
  res.json({ runs: rows.map(withDuration), ...page })
}
