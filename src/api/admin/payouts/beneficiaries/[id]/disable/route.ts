import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { disablePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { beneficiaryAnswer } from "../../answer"
import type { AdminDisablePayoutBeneficiaryType } from "../../validators"

/**
 * @oas [post] /admin/payouts/beneficiaries/{id}/disable
 * operationId: PostPayoutsBeneficiariesIdDisable
 * summary: Disable a Beneficiary
 * description: >-
 *   Nobody is paid there any more; what was approved and not sent is canceled.
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
 *         $ref: "#/components/schemas/AdminDisablePayoutBeneficiary"
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
  req: AuthenticatedMedusaRequest<AdminDisablePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    disablePayoutBeneficiaryWorkflow(req.scope).run({
      input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
