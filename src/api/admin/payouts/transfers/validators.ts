import { z } from "@medusajs/framework/zod"
import { createFindParams, createSelectParams } from "@medusajs/medusa/api/utils/validators"
import { transferInput } from "../../../../modules/payout/transfer-input"
import { oneLine } from "../../../../modules/payout/one-line"
import { transferFilters } from "./filters"

export const AdminGetPayoutTransfersParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-created_at",
}).extend(transferFilters)

export const AdminGetPayoutTransferParams = createSelectParams()

/** Oldest first, and more at once than elsewhere: a transfer seldom has as many. */
export const AdminGetPayoutTransferEventsParams = createFindParams({
  limit: 100,
  offset: 0,
  order: "position",
})

export const AdminExportPayoutTransfersParams = z.object(transferFilters)

/**
 * @schema AdminCreatePayoutTransfer
 * type: object
 * required:
 *   - beneficiary_id
 *   - amount
 *   - currency_code
 *   - purpose
 * properties:
 *   beneficiary_id:
 *     type: string
 *   amount:
 *     oneOf:
 *       - type: string
 *       - type: integer
 *     description: In major units, as a text such as `1500.00`, or as a whole number.
 *   currency_code:
 *     type: string
 *   purpose:
 *     type: string
 *   idempotency_key:
 *     type: string
 *     description: Without one, each call is a new wish.
 */
export const AdminCreatePayoutTransfer = z.strictObject(transferInput)

const note = z.string().trim().min(3).max(1_000)

/**
 * @schema AdminApprovePayoutTransfer
 * type: object
 * properties:
 *   note:
 *     type: string
 *   beneficiary_version_id:
 *     type: string
 *     description: >-
 *       The version of the beneficiary that was looked at, as the transfer shows it. Needed where it was
 *       edited after the transfer was made, or after it was last approved.
 */
export const AdminApprovePayoutTransfer = z.strictObject({
  note: note.optional(),
  beneficiary_version_id: oneLine(100).optional(),
})

/**
 * @schema AdminRejectPayoutTransfer
 * type: object
 * required:
 *   - reason
 * properties:
 *   reason:
 *     type: string
 */
export const AdminRejectPayoutTransfer = z.strictObject({ reason: note })

/**
 * @schema AdminCancelPayoutTransfer
 * type: object
 * properties:
 *   reason:
 *     type: string
 */
export const AdminCancelPayoutTransfer = z.strictObject({ reason: note.optional() })

/**
 * @schema AdminRetryPayoutTransfer
 * type: object
 * properties:
 *   idempotency_key:
 *     type: string
 */
export const AdminRetryPayoutTransfer = z.strictObject({
  idempotency_key: transferInput.idempotency_key,
})

/**
 * @schema AdminResolvePayoutTransfer
 * type: object
 * required:
 *   - outcome
 *   - note
 * properties:
 *   outcome:
 *     type: string
 *     enum:
 *       - succeeded
 *       - failed
 *       - returned
 *   note:
 *     type: string
 *     description: How it was found out.
 *   gateway_id:
 *     type: string
 */
export const AdminResolvePayoutTransfer = z.strictObject({
  outcome: z.enum(["succeeded", "failed", "returned"]),
  /** How it was found out; it stays with the transfer. */
  note,
  gateway_id: oneLine(100).optional(),
})

export type AdminCreatePayoutTransferType = z.infer<typeof AdminCreatePayoutTransfer>
export type AdminApprovePayoutTransferType = z.infer<typeof AdminApprovePayoutTransfer>
export type AdminRejectPayoutTransferType = z.infer<typeof AdminRejectPayoutTransfer>
export type AdminCancelPayoutTransferType = z.infer<typeof AdminCancelPayoutTransfer>
export type AdminRetryPayoutTransferType = z.infer<typeof AdminRetryPayoutTransfer>
export type AdminResolvePayoutTransferType = z.infer<typeof AdminResolvePayoutTransfer>
