import { z } from "@medusajs/framework/zod"
import { transferStates } from "../../../../modules/payout/transfer-state"
import { oneOrMore } from "../../one-or-more"
import { timeRange } from "../dates"

/**
 * @schema AdminPayoutTransferFilters
 * type: object
 * properties:
 *   q:
 *     type: string
 *     description: Words to look for in the reference, the purpose and the gateway's ID.
 *   id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   reference:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   provider_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   beneficiary_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   status:
 *     oneOf:
 *       - type: string
 *         enum:
 *           - awaiting_approval
 *           - approved
 *           - submitting
 *           - processing
 *           - unknown
 *           - not_found
 *           - manual_review
 *           - succeeded
 *           - returned
 *           - failed
 *           - rejected
 *           - expired
 *           - canceled
 *       - type: array
 *         items:
 *           type: string
 *           enum:
 *             - awaiting_approval
 *             - approved
 *             - submitting
 *             - processing
 *             - unknown
 *             - not_found
 *             - manual_review
 *             - succeeded
 *             - returned
 *             - failed
 *             - rejected
 *             - expired
 *             - canceled
 *   currency_code:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   gateway_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   idempotency_key:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   import_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   retry_of_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   created_by:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   approved_by:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   created_at:
 *     $ref: "#/components/schemas/PayoutTimeRange"
 *   updated_at:
 *     $ref: "#/components/schemas/PayoutTimeRange"
 */

/** Of the list, the totals and the export alike; `q` looks in the reference, the purpose and the gateway's id. */
export const transferFilters = {
  q: z.string().optional(),
  id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  beneficiary_id: oneOrMore(z.string()),
  status: oneOrMore(z.enum(transferStates)),
  currency_code: oneOrMore(z.string().toLowerCase()),
  gateway_id: oneOrMore(z.string()),
  idempotency_key: oneOrMore(z.string()),
  import_id: oneOrMore(z.string()),
  retry_of_id: oneOrMore(z.string()),
  created_by: oneOrMore(z.string()),
  approved_by: oneOrMore(z.string()),
  created_at: timeRange,
  updated_at: timeRange,
}
