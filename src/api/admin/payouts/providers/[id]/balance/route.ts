import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../../../workflows/payout/payouts-of"

/**
 * @schema PayoutBalance
 * type: object
 * properties:
 *   currency_code:
 *     type: string
 *   available:
 *     type: string
 *     description: Exact, in major units.
 */

/**
 * @oas [get] /admin/payouts/providers/{id}/balance
 * operationId: GetPayoutsProvidersIdBalance
 * summary: Get a Provider's Balance
 * description: >-
 *   How much there is to send, as the gateway says now.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The provider's ID.
 *     schema:
 *       type: string
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
 *             - balances
 *           properties:
 *             balances:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutBalance"
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const balances = await payoutsOf(req.scope).retrieveBalance(String(req.params.id))
  res.json({
    balances: balances.map(({ currencyCode, available }) => ({
      currency_code: currencyCode,
      available,
    })),
  })
}
