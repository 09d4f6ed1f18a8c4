import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { moneyInAnswer } from "../payment-answers"
import type { AdminGetGatewayMoneyInType } from "../payment-filters"

/** What came in, by day, gateway and currency. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminGetGatewayMoneyInType>,
  res: MedusaResponse
): Promise<void> {
  res.json({ money_in: await moneyInAnswer(req.scope, req.filterableFields, new Date()) })
}
