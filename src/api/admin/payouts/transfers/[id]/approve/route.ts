import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { approvePayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"
import type { AdminApprovePayoutTransferType } from "../../validators"

/**
 * @oas [post] /admin/payouts/transfers/{id}/approve
 * operationId: PostPayoutsTransfersIdApprove
 * summary: Approve a Transfer
 * description: >-
 *   Approves a transfer, which freezes its amount, currency and account. Never by who made it, nor by
 *   the last editor of its beneficiary, where a second person is asked for. With
 *   `beneficiary_version_id` it approves what was looked at, and is answered with 409 where that is not
 *   the newest version any more; without it, where the beneficiary was edited since the transfer was
 *   made or last approved. It needs a login: a secret API key is answered with 403.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The transfer's ID.
 *     schema:
 *       type: string
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminApprovePayoutTransfer"
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
  req: AuthenticatedMedusaRequest<AdminApprovePayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    approvePayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await transferAnswer(req.scope, id))
}
