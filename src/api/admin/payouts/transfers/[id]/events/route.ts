import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { payoutsOf } from "../../../../../../workflows/payout/payouts-of"
import { retrieveRow } from "../../../retrieve-row"

/**
 * @schema PayoutTransferEvent
 * type: object
 * properties:
 *   id:
 *     type: string
 *   transfer_id:
 *     type: string
 *   position:
 *     type: integer
 *     description: From 1.
 *   from_status:
 *     type: string
 *     enum:
 *       - awaiting_approval
 *       - approved
 *       - submitting
 *       - processing
 *       - unknown
 *       - not_found
 *       - manual_review
 *       - succeeded
 *       - returned
 *       - failed
 *       - rejected
 *       - expired
 *       - canceled
 *     nullable: true
 *     description: Null where it was made.
 *   to_status:
 *     type: string
 *     enum:
 *       - awaiting_approval
 *       - approved
 *       - submitting
 *       - processing
 *       - unknown
 *       - not_found
 *       - manual_review
 *       - succeeded
 *       - returned
 *       - failed
 *       - rejected
 *       - expired
 *       - canceled
 *   actor:
 *     type: string
 *     description: An admin's ID, a secret API key's, `system` or `gateway`.
 *   reason:
 *     type: string
 *     nullable: true
 *   gateway_code:
 *     type: string
 *     nullable: true
 *   gateway_message:
 *     type: string
 *     nullable: true
 *   created_at:
 *     type: string
 *     format: date-time
 */

/**
 * @oas [get] /admin/payouts/transfers/{id}/events
 * operationId: GetPayoutsTransfersIdEvents
 * summary: List a Transfer's Events
 * description: >-
 *   Every step of a transfer, oldest first: who did it, why, and the gateway's code and words.
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
 *             - events
 *             - count
 *           properties:
 *             events:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutTransferEvent"
 *             count:
 *               type: integer
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await retrieveRow(req.scope, { entity: "payout_transfer", what: "transfer", id, fields: ["id"] })
  const events = await payoutsOf(req.scope).eventsOf(id)
  res.json({ events: events, count: events.length })
}
