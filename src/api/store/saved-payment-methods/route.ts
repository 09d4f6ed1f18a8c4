import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { savedMethodsOf } from "../../../workflows/customer-data/saved-methods"

/** The logged-in customer's own saved ways to pay, at all gateways that keep such. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const methods = await savedMethodsOf(req.scope, req.auth_context.actor_id)
  res.json({ saved_payment_methods: methods, count: methods.length })
}
