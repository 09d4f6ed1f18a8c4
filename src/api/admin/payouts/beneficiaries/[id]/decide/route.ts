import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { decidePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../clear-conflict"
import { beneficiaryAnswer } from "../../answer"
import type { AdminDecidePayoutBeneficiaryType } from "../../validators"

/**
 * @oas [post] /admin/payouts/beneficiaries/{id}/decide
 * operationId: PostPayoutsBeneficiariesIdDecide
 * summary: Decide on a Beneficiary
 * description: >-
 *   Notes what a person found out about a beneficiary that the gateway has not accepted yet. It needs a
 *   login: a secret API key is answered with 403.
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
 *         $ref: "#/components/schemas/AdminDecidePayoutBeneficiary"
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
  req: AuthenticatedMedusaRequest<AdminDecidePayoutBeneficiaryType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await withClearConflict(
    decidePayoutBeneficiaryWorkflow(req.scope).run({
      input: { id, decision: req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await beneficiaryAnswer(req.scope, id))
}
