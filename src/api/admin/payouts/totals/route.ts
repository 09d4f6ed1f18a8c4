import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"

/** What the transfers that the list's filters let through add up to, by status and currency. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ totals: await payoutsOf(req.scope).totals(req.filterableFields) })
}
