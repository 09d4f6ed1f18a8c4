import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payouts/payout-workflow"
import { providerAnswer } from "../answers"

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const providers = payoutsOf(req.scope).listProviders().map(providerAnswer)
  res.json({ providers: providers, count: providers.length })
}
