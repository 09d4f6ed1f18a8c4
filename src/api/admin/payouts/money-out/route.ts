import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { moneyOutAnswer } from "../sending-answers"
import type { AdminGetPayoutMoneyOutType } from "../validators"

/** What was sent, by day, state, gateway and currency. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, AdminGetPayoutMoneyOutType>,
  res: MedusaResponse
): Promise<void> {
  res.json({ money_out: await moneyOutAnswer(req.scope, req.filterableFields, new Date()) })
}
