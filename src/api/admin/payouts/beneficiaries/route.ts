import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createPayoutBeneficiaryWorkflow } from "../../../../workflows"
import { listRows } from "../../list-rows"
import { withClearConflict } from "../clear-conflict"
import { beneficiaryAnswer } from "./answer"
import type { AdminCreatePayoutBeneficiaryType } from "./validators"

/**
 * @oas [get] /admin/payouts/beneficiaries
 * operationId: GetPayoutsBeneficiaries
 * summary: List Beneficiaries
 * description: >-
 *   Who can be paid.
 * x-authenticated: true
 * parameters:
 *   - in: query
 *     name: filters
 *     description: Each property is a query parameter of its own.
 *     style: form
 *     explode: true
 *     schema:
 *       $ref: "#/components/schemas/AdminPayoutBeneficiaryFilters"
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
 *             - beneficiaries
 *             - count
 *             - offset
 *             - limit
 *           properties:
 *             beneficiaries:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutBeneficiary"
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
  const { rows, ...page } = await listRows(req, "payout_beneficiary")
  res.json({ beneficiaries: rows, ...page })
}

/**
 * @oas [post] /admin/payouts/beneficiaries
 * operationId: PostPayoutsBeneficiaries
 * summary: Create a Beneficiary
 * description: >-
 *   Makes somebody known who can be paid. The provider is told, where its gateway has a call for it;
 *   what it needs once is passed on and not kept.
 * x-authenticated: true
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminCreatePayoutBeneficiary"
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
 *             - beneficiary
 *           properties:
 *             beneficiary:
 *               $ref: "#/components/schemas/PayoutBeneficiaryDetail"
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
  req: AuthenticatedMedusaRequest<AdminCreatePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const { result } = await withClearConflict(
    createPayoutBeneficiaryWorkflow(req.scope).run({
      input: { beneficiary: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, result.id))
}
