import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { updatePayoutBeneficiaryWorkflow } from "../../../../../workflows"
import { withClearConflict } from "../../clear-conflict"
import { beneficiaryAnswer } from "../answer"
import type { AdminUpdatePayoutBeneficiaryType } from "../validators"

/**
 * @oas [get] /admin/payouts/beneficiaries/{id}
 * operationId: GetPayoutsBeneficiariesId
 * summary: Get a Beneficiary
 * description: >-
 *   One beneficiary as of its newest version, with its audit lines.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The beneficiary's ID.
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
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  res.json(await beneficiaryAnswer(req.scope, String(req.params.id), req.queryConfig.fields))
}

/**
 * @oas [post] /admin/payouts/beneficiaries/{id}
 * operationId: PostPayoutsBeneficiariesId
 * summary: Update a Beneficiary
 * description: >-
 *   Makes its next version. Transfers approved for the one before, and not sent yet, wait for an
 *   approval again.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The beneficiary's ID.
 *     schema:
 *       type: string
 * requestBody:
 *   required: true
 *   content:
 *     application/json:
 *       schema:
 *         $ref: "#/components/schemas/AdminUpdatePayoutBeneficiary"
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
  req: AuthenticatedMedusaRequest<AdminUpdatePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    updatePayoutBeneficiaryWorkflow(req.scope).run({
      input: { id, change: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
