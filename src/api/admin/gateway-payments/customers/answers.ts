import { z } from "@medusajs/framework/zod"
import { keptReasons } from "../../../../workflows/customer-data/erase-customer-data"

const amount = z.string().describe("Exact, in major units.")
const time = z.iso.datetime()
const own = z.record(z.string(), z.unknown()).nullable()

export const CustomerPayment = z.object({
  reference: z.string(),
  provider_id: z.string(),
  gateway_id: z.string().nullable(),
  state: z.string(),
  amount,
  received_amount: amount,
  refunded_amount: amount,
  currency_code: z.string(),
  cart_id: z.string().nullable(),
  created_at: time,
  payer: own.describe("What Medusa's payment session keeps of who pays, for as long as it does."),
  return_url: z.string().nullable().describe("Where they were sent back to."),
  captures_and_refunds: z.array(
    z.object({ kind: z.string(), amount, state: z.string(), created_at: time })
  ),
  messages: z
    .array(z.object({ raw_status: z.string(), body: z.unknown(), created_at: time }))
    .describe("What the gateway told, with what is personal in it masked."),
  exceptions: z.array(
    z.object({
      kind: z.string(),
      state: z.string(),
      note: z.string().nullable(),
      created_at: time,
    })
  ),
  history: z
    .array(z.object({ action: z.string(), note: z.string().nullable(), created_at: time }))
    .describe("What people of the shop did about it, without who they are."),
})

export const CustomerData = z.object({
  customer_id: z.string(),
  same_email: z
    .array(z.string())
    .describe(
      "Other customers with this e-mail address, such as a guest's; export those by their own IDs."
    ),
  payments: z.array(CustomerPayment),
  saved_methods: z.array(
    z.object({ id: z.string(), provider_id: z.string(), data: z.record(z.string(), z.string()) })
  ),
  beneficiaries: z.array(
    z.object({
      id: z.string(),
      provider_id: z.string(),
      status: z.string(),
      external_id: z.string().nullable(),
      metadata: own,
      identity_hints: z.record(z.string(), z.string()),
      versions: z
        .array(
          z.object({
            name: z.string(),
            kind: z.string(),
            email: z.string().nullable(),
            phone: z.string().nullable(),
            shop_name: z.string().nullable(),
            account_hint: z.string().nullable().describe("The account's last places."),
            created_at: time,
          })
        )
        .describe("What was known of them at each time, the oldest first."),
      payouts: z.array(
        z.object({
          reference: z.string(),
          amount,
          currency_code: z.string(),
          purpose: z.string(),
          status: z.string(),
          external_id: z.string().nullable(),
          metadata: own,
          created_at: time,
        })
      ),
    })
  ),
})

export const CustomerErasure = z.object({
  customer_id: z.string(),
  is_complete: z
    .boolean()
    .describe(
      "Whether nothing is left that could be erased later: nothing is under way, and every gateway answered."
    ),
  erased: z.object({
    payments: z.int().describe("How many payments name nobody any more."),
    saved_methods: z.int().describe("How many ways to pay the gateways were had to forget."),
    beneficiaries: z.array(z.string()).describe("The payees of whom nothing is left."),
  }),
  kept: z
    .array(
      z.object({
        reason: z.enum(keptReasons),
        what: z
          .array(z.string())
          .describe("References of payments, IDs of payees, or IDs of providers."),
      })
    )
    .describe("What is left, and why."),
})
