import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { describeOrderPayments } from "../../../../../workflows/order-payments/describe-order-payments"

/** The gateway payments of an order, and what can be done with them now. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ order_payments: await describeOrderPayments(req.scope, String(req.params.id)) })
}
