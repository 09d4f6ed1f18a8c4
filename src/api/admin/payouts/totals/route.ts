import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"

/**
 * @schema PayoutTotal
 * type: object
 * properties:
 *   status:
 *     type: string
 *     enum:
 *       - awaiting_approval
 *       - approved
 *       - submitting
 *       - processing
 *       - unknown
 *       - not_found
 *       - manual_review
 *       - succeeded
 *       - returned
 *       - failed
 *       - rejected
 *       - expired
 *       - canceled
 *   currency_code:
 *     type: string
 *   count:
 *     type: integer
 *   amount:
 *     type: string
 *     description: Exact, in major units.
 */

/**
 * @oas [get] /admin/payouts/totals
 * operationId: GetPayoutsTotals
 * summary: Get Totals
 * description: >-
 *   What the transfers that the list's filters let through add up to, by status and currency.
 * x-authenticated: true
 * parameters:
 *   - in: query
 *     name: filters
 *     description: Each property is a query parameter of its own.
 *     style: form
 *     explode: true
 *     schema:
 *       $ref: "#/components/schemas/AdminPayoutTransferFilters"
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
 *             - totals
 *           properties:
 *             totals:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutTotal"
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ totals: await payoutsOf(req.scope).totals(req.filterableFields) })
}
