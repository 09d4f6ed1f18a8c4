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

export const AdminExportPayoutTransfersParams = z.object(transferFilters)

export const AdminCreatePayoutTransfer = z.strictObject(transferInput)

const note = z.string().trim().min(3).max(1_000)

export const AdminApprovePayoutTransfer = z.strictObject({ note: note.optional() })

export const AdminRejectPayoutTransfer = z.strictObject({ reason: note })

export const AdminCancelPayoutTransfer = z.strictObject({ reason: note.optional() })

export const AdminRetryPayoutTransfer = z.strictObject({
  idempotency_key: transferInput.idempotency_key,
})

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
