import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutTransferWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { transferAnswer } from "./answer"
import type { AdminCreatePayoutTransferType } from "./validators"
import { withBeneficiaries } from "./with-beneficiaries"

/**
 * @oas [get] /admin/payouts/transfers
 * operationId: GetPayoutsTransfers
 * summary: List Transfers
 * description: >-
 *   What was paid, is being paid and waits to be paid.
 * x-authenticated: true
 * parameters:
 *   - in: query
 *     name: filters
 *     description: Each property is a query parameter of its own.
 *     style: form
 *     explode: true
 *     schema:
 *       $ref: "#/components/schemas/AdminPayoutTransferFilters"
 *   - in: query
 *     name: offset
 *     description: How many to skip.
 *     schema:
 *       type: integer
 *       default: 0
 *   - in: query
 *     name: limit
 *     description: The most to be shown.
 *     schema:
 *       type: integer
 *       default: 20
 *   - in: query
 *     name: order
 *     description: The field to sort by; `-` before it sorts descending.
 *     schema:
 *       type: string
 *       default: "-created_at"
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
 *             - transfers
 *             - count
 *             - offset
 *             - limit
 *           properties:
 *             transfers:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutTransfer"
 *             count:
 *               type: integer
 *             offset:
 *               type: integer
 *             limit:
 *               type: integer
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { rows, ...page } = await listRows(req, "payout_transfer")
  res.json({ transfers: await withBeneficiaries(req.scope, rows), ...page })
}

/**
 * @oas [post] /admin/payouts/transfers
 * operationId: PostPayoutsTransfers
 * summary: Create a Transfer
 * description: >-
 *   Makes a transfer, which is sent once it is approved. The same idempotency key with the same wish
 *   gives the one that was made, and `is_new` is false then; with another wish it is refused.
 * x-authenticated: true
 * parameters:
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
 *         $ref: "#/components/schemas/AdminCreatePayoutTransfer"
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
 *             - is_new
 *           properties:
 *             transfer:
 *               $ref: "#/components/schemas/PayoutTransferDetail"
 *             is_new:
 *               type: boolean
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
  req: AuthenticatedMedusaRequest<AdminCreatePayoutTransferType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    createPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  const answer = await transferAnswer(req.scope, result.transfer.id)
  res.json({ ...answer, is_new: result.isNew })
}
