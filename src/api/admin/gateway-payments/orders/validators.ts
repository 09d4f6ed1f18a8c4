import { z } from "@medusajs/framework/zod"
import { amountInput } from "../../../../shared/amount-input"

export const AdminCheckOrderPayment = z.strictObject({
  reference: z.string().max(200).describe("Ours, of one of the order's payments at gateways."),
})

export const AdminCreatePaymentLink = z.strictObject({
  provider_id: z.string().max(100),
  amount: amountInput
    .optional()
    .describe("In major units, as a text such as `1500.00`; all that is due where there is none."),
})

export type AdminCheckOrderPaymentType = z.infer<typeof AdminCheckOrderPayment>
export type AdminCreatePaymentLinkType = z.infer<typeof AdminCreatePaymentLink>
