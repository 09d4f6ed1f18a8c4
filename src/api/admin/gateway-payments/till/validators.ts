import { z } from "@medusajs/framework/zod"
import { isWalletCode } from "../../../../gateways/shared/text"
import { tillSaleStates } from "../../../../modules/payment-journal/repositories/till-sales"
import { amountInput } from "../../../../shared/amount-input"

const id = z.string().trim().min(1).max(100)

export const AdminGetTillSalesParams = z.object({
  state: z.enum(tillSaleStates).optional(),
})

export const AdminGetTillOrdersParams = z.object({
  provider_id: id,
  q: z.string().trim().max(100).optional().describe("A number, an e-mail or a name to look for."),
})

const idempotency_key = id.describe(
  "Of the page, one for each sale: the same again opens no second one. Also taken from the header `Idempotency-Key`."
)

/** For an order, or for an amount in a region. */
export const AdminOpenTillSale = z.union([
  z.strictObject({ idempotency_key, provider_id: id, order_id: id }),
  z.strictObject({
    idempotency_key,
    provider_id: id,
    region_id: id,
    amount: amountInput.describe(
      "All that the shopper pays, tax included; in major units, as a text such as `12.50`, or as a whole number."
    ),
    title: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .default("Sale at the till")
      .describe("What was sold, as the order's only item has it."),
  }),
])

export const AdminChargeTillSale = z.strictObject({
  auth_code: z
    .string()
    .trim()
    .refine(isWalletCode, {
      error:
        "must be the code of the shopper's app: 18 digits from 10 to 15 on (WeChat Pay) or 17 to 24 from 25 to 30 on " +
        "(Alipay), as a text",
    })
    .describe(
      "What was scanned from the shopper's app, as a text. It is charged once and kept nowhere."
    ),
  amount: amountInput.describe(
    "What the seller saw: where another sum is due by now, nothing is charged."
  ),
  attempts: z
    .int()
    .nonnegative()
    .describe(
      "The sale's `attempts` as the seller saw it: of two requests with the same, one is charged."
    ),
})

export type AdminOpenTillSaleType = z.infer<typeof AdminOpenTillSale>
export type AdminChargeTillSaleType = z.infer<typeof AdminChargeTillSale>
