import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"
import { providerAnswer } from "./answer"

/** The gateways that payouts can go through, and what a form has to ask for at each. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const providers = payoutsOf(req.scope).listProviders().map(providerAnswer)
  res.json({ payout_providers: providers, count: providers.length })
}
