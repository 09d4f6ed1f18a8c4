import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { transferAnswer } from "../answer"

/**
 * @oas [get] /admin/payouts/transfers/{id}
 * operationId: GetPayoutsTransfersId
 * summary: Get a Transfer
 * description: >-
 *   One transfer, with whom it pays and its audit lines.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The transfer's ID.
 *     schema:
 *       type: string
 *   - in: query
 *     name: fields
 *     description: Comma-separated fields to be shown; with `+` or `-` before each, added to or left out of what is shown without.
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
 *             - transfer
 *           properties:
 *             transfer:
 *               $ref: "#/components/schemas/PayoutTransferDetail"
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
  res.json(await transferAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}
