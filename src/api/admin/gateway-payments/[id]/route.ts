import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { paymentAnswer } from "../payment-answers"

/** One order at a gateway, and what happened to it. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ gateway_payment: await paymentAnswer(req.scope, String(req.params.id)) })
}
