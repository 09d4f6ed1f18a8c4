import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../../../workflows/payout/payouts-of"

/** How much there is to send, as the gateway says now. Amounts are exact texts in major units. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const balances = await payoutsOf(req.scope).retrieveBalance(String(req.params.id))
  res.json({
    balances: balances.map(({ currencyCode, available }) => ({
      currency_code: currencyCode,
      available,
    })),
  })
}
