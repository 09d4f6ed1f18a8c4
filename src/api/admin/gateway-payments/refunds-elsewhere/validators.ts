import { z } from "@medusajs/framework/zod"

export const AdminRecordRefundElsewhere = z
  .object({
    payment_id: z.string(),
    /** Major units. */
    amount: z.number().positive(),
    /** How the money was given back; it stays with the payment. */
    note: z.string().trim().min(3).max(1_000),
  })
  .strict()

export type AdminRecordRefundElsewhereType = z.infer<typeof AdminRecordRefundElsewhere>
