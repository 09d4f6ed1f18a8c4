import { z } from "@medusajs/framework/zod"
import { amountInput } from "../../../../shared/amount-input"

export const AdminRecordRefundElsewhere = z
  .object({
    payment_id: z.string().max(100),
    amount: amountInput,
    /** How the money was given back; it stays with the payment. */
    note: z.string().trim().min(3).max(1_000),
  })
  .strict()

export type AdminRecordRefundElsewhereType = z.infer<typeof AdminRecordRefundElsewhere>
