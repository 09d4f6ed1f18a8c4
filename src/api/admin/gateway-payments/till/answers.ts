import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import type { SaleAction } from "../../../../workflows/till/end-sale"
import type { TillSaleView } from "../../../../workflows/till/read-sale"
import { saleStates } from "../../../../workflows/till/sale-state"
import { actionInput, answersRefusals } from "../../answers-refusals"
import { time } from "../../read-rows"

const amount = z.string().describe("Exact, in major units.")

export const Till = z.object({
  provider_id: z.string(),
  currency_code: z.string(),
  decimals: z.int(),
  regions: z.array(z.object({ id: z.string(), name: z.string() })),
})

export const TillOrder = z.object({
  id: z.string(),
  display_id: z.int().nullable(),
  status: z.string(),
  is_draft_order: z.boolean(),
  currency_code: z.string(),
  due: amount,
})

export const TillSale = z.object({
  id: z.string(),
  provider_id: z.string(),
  state: z
    .enum(saleStates)
    .describe("`unknown`: the code was sent, and nobody knows yet whether the shopper paid."),
  can_charge: z.boolean(),
  can_cancel: z.boolean(),
  can_set_aside: z
    .boolean()
    .describe(
      "Whether a person who sees no payment on the shopper's phone may set the last code aside."
    ),
  amount,
  currency_code: z.string(),
  order_id: z.string(),
  display_id: z.int().nullable().describe("The order's number, as people know it."),
  is_draft_order: z.boolean(),
  attempts: z.int().describe("So many codes were taken for it."),
  reference: z.string().nullable().describe("Ours of the last code's payment."),
  gateway_id: z.string().nullable(),
  gateway_code: z.string().nullable(),
  gateway_message: z.string().nullable(),
  surplus: z.string().nullable().describe("What the shopper paid on top, such as a fee."),
  paid_at: time.nullable(),
  problem: z.string().nullable().describe("Why the order is not placed although it is paid."),
  created_at: time,
})

type View = z.infer<typeof TillSale>

/** The handler of a route that does something to the sale in its path and answers with it. */
export function onSale<Body extends object>(
  act: (container: MedusaContainer, input: Body & SaleAction) => Promise<TillSaleView>
) {
  return answersRefusals<Body>(async (req, res) => {
    const till_sale: View = await act(req.scope, actionInput(req))
    res.json({ till_sale })
  })
}
