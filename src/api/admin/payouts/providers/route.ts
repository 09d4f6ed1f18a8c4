import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"
import { providerAnswer } from "./answer"

/**
 * @oas [get] /admin/payouts/providers
 * operationId: GetPayoutsProviders
 * summary: List Payout Providers
 * description: >-
 *   The gateways that payouts can go through, and what a form has to ask for at each.
 * x-authenticated: true
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - Payouts
 * responses:
 *   "200":
 *     description: OK
 *     content:
 *       application/json:
 *         schema:
 *           type: object
 *           required:
 *             - providers
 *             - count
 *           properties:
 *             providers:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutProvider"
 *             count:
 *               type: integer
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const providers = payoutsOf(req.scope).listProviders().map(providerAnswer)
  res.json({ providers: providers, count: providers.length })
}
