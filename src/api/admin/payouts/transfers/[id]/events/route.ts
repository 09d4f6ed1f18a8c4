import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listRows } from "../../../../list-rows"
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
 *       default: 100
 *   - in: query
 *     name: order
 *     description: The field to sort by; `-` before it sorts descending.
 *     schema:
 *       type: string
 *       default: "position"
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
 *             - events
 *             - count
 *             - offset
 *             - limit
 *           properties:
 *             events:
 *               type: array
 *               items:
 *                 $ref: "#/components/schemas/PayoutTransferEvent"
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
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 *   "500":
 *     $ref: "#/components/responses/500_error"
 */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  await retrieveRow(req.scope, { entity: "payout_transfer", what: "transfer", id, fields: ["id"] })
  req.filterableFields.transfer_id = id
  const { rows: events, ...page } = await listRows(req, "payout_transfer_event")
  res.json({ events, ...page })
}
