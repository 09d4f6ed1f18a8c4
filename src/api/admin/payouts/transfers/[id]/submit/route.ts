import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { submitPayoutTransferWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { transferAnswer } from "../../answer"

/**
 * @oas [post] /admin/payouts/transfers/{id}/submit
 * operationId: PostPayoutsTransfersIdSubmit
 * summary: Send a Transfer
 * description: >-
 *   Sends an approved transfer now, once, however often it is called. Where no answer tells what became
 *   of it, it is `unknown` and asked about.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The transfer's ID.
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
 *   "409":
 *     $ref: "#/components/responses/invalid_state_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    submitPayoutTransferWorkflow(req.scope).run({ input: { id, actor: req.auth_context.actor_id } })
  )
  res.json(await transferAnswer(req.scope, id))
}
