import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { retryPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminRetryPayoutTransferType } from "../../validators"

/**
 * @oas [post] /admin/payouts/transfers/{id}/retry
 * operationId: PostPayoutsTransfersIdRetry
 * summary: Retry a Transfer
 * description: >-
 *   Makes a new transfer like one that failed, at most one for each, and answers with the new one.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The transfer's ID.
 *     schema:
 *       type: string
 *   - in: header
 *     name: Idempotency-Key
 *     description: As `idempotency_key` in the body.
 *     schema:
 *       type: string
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminRetryPayoutTransfer"
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
 *   "409":
 *     $ref: "#/components/responses/invalid_state_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminRetryPayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    retryPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, result.id))
}
