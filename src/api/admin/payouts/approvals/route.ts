import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../workflows/payout/actor-of"
import { payoutsOf } from "../../../../workflows/payout/payouts-of"
import { listRows } from "../../list-rows"
import { withBeneficiaries } from "../transfers/with-beneficiaries"

/**
 * @schema PayoutApproval
 * type: object
 * properties:
 *   transfer:
 *     $ref: "#/components/schemas/PayoutTransfer"
 *   may_approve:
 *     type: boolean
 *     description: Whether who asks may approve it.
 *   why_not:
 *     type: string
 *     nullable: true
 */

/**
 * @oas [get] /admin/payouts/approvals
 * operationId: GetPayoutsApprovals
 * summary: List Approvals
 * description: >-
 *   What waits for an approval, the oldest first, and whether who asks may give it. Limits are not
 *   looked at: what is left of a day is known when somebody approves. Of the filters all count but
 *   `status`.
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
 *       default: "created_at"
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
 *             - approvals
 *             - count
 *             - offset
 *             - limit
 *           properties:
 *             approvals:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutApproval"
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
  req.filterableFields.status = "awaiting_approval"
  const { rows, ...page } = await listRows(req, "payout_transfer")
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const ids = rows.map(({ id }) => String(id))
  const blockers = await payoutsOf(req.scope).approvalBlockers(ids, actor)
  const transfers = await withBeneficiaries(req.scope, rows)
  res.json({
    approvals: transfers.map((transfer) => {
      const blocker = blockers.get(String(transfer.id)) ?? null
      return { transfer, may_approve: blocker === null, why_not: blocker }
    }),
    ...page,
  })
}
