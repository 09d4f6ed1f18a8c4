import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await payoutsOf(req.scope).totals(req.filterableFields))
}
