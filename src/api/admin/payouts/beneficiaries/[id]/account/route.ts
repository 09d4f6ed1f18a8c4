import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { actorOf } from "../../../../../../workflows/payout/actor-of"
import { payoutsOf } from "../../../../../../workflows/payout/payouts-of"
import { withClearConflict } from "../../../clear-conflict"

/**
 * @oas [post] /admin/payouts/beneficiaries/{id}/account
 * operationId: PostPayoutsBeneficiariesIdAccount
 * summary: Reveal a Beneficiary's Account
 * description: >-
 *   The account in full, by the names of the provider's fields: the only answer that shows it. Each call
 *   leaves an audit line, so that it is no GET, and nothing on the way may keep the answer. It needs a
 *   login: a secret API key is answered with 403.
 * x-authenticated: true
 * parameters:
 *   - in: path
 *     name: id
 *     required: true
 *     description: The beneficiary's ID.
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
 *             - account
 *           properties:
 *             account:
 *               type: object
 *               additionalProperties:
 *                 type: string
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
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const account = await withClearConflict(
    payoutsOf(req.scope).revealAccount(String(req.params.id), actor)
  )
  res.setHeader("cache-control", "no-store")
  res.json({ account })
}
