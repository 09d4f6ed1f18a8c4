/** What the list of the orders at gateways, its totals, its chart and its export are filtered by. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { createFindParams } from "@medusajs/medusa/api/utils/validators"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import {
  type PaymentFilters,
  paymentOrders,
  type PaymentPage,
} from "../../../modules/payment-journal/repositories/payment-queries"
import {
  customersByEmail,
  ownersNamed,
  ownersOfCustomers,
  ownersOfOrders,
} from "../../../workflows/payments/shop-rows"
import { timeZone } from "../days"
import { oneOrMore, timeRange } from "../read-rows"

const filters = {
  q: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe(
      "The beginning of our reference, or of the gateway's number of the order, of a payment or of a refund; the whole " +
        "ID of a cart, a customer or an order, an order's number such as `#1042`, or a shopper's e-mail address."
    ),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  state: oneOrMore(z.enum(gatewayOrderStates)),
  currency_code: oneOrMore(z.string().toLowerCase()),
  cart_id: oneOrMore(z.string()),
  customer_id: oneOrMore(z.string()).describe(
    "Also who bought as a guest; or a whole e-mail address."
  ),
  order_id: oneOrMore(z.string()),
  created_at: timeRange,
  updated_at: timeRange,
}

const mostPerPage = 500

const orders = paymentOrders.flatMap((name) => [name, `-${name}`] as const)

export const AdminGetGatewayPaymentsParams = createFindParams()
  .omit({ with_deleted: true })
  .extend({
    ...filters,
    limit: z.coerce.number().int().min(1).max(mostPerPage).default(20),
    offset: z.coerce.number().int().min(0).default(0),
    order: z.enum(orders).default("-created_at"),
  })

/** Of the export and the totals. */
export const AdminFilterGatewayPaymentsParams = z.object(filters)

export const AdminGetGatewayMoneyInParams = z.object({
  ...filters,
  created_at: timeRange.describe("When the money came; the last thirty days without it."),
  time_zone: timeZone,
})

export type AdminFilterGatewayPaymentsType = z.infer<typeof AdminFilterGatewayPaymentsParams>
export type AdminGetGatewayPaymentsType = z.infer<typeof AdminGetGatewayPaymentsParams>
export type AdminGetGatewayMoneyInType = z.infer<typeof AdminGetGatewayMoneyInParams>

/** As the journal understands them: what names rows of the shop's is looked up first. */
export async function journalFilters(
  container: MedusaContainer,
  { q, customer_id, order_id, ...own }: AdminFilterGatewayPaymentsType
): Promise<PaymentFilters> {
  const belongsTo = await Promise.all([
    ...(customer_id === undefined
      ? []
      : [ownersOfCustomers(container, await customerIds(container, [customer_id].flat()))]),
    ...(order_id === undefined ? [] : [ownersOfOrders(container, [order_id].flat())]),
  ])
  const text = q === undefined || q === "" ? undefined : q
  return {
    ...own,
    belongsTo,
    ...(text === undefined ? {} : { search: { text, owners: await ownersNamed(container, text) } }),
  }
}

/** Of those that are named by their e-mail addresses, too. */
async function customerIds(container: MedusaContainer, named: readonly string[]) {
  const emails = named.filter((text) => text.includes("@"))
  const ids = named.filter((text) => !text.includes("@"))
  return [...ids, ...(await customersByEmail(container, emails))]
}

/** `-created_at` is the newest first. */
export function pageOrder(order: (typeof orders)[number]): PaymentPage["order"] {
  const by = paymentOrders.find((name) => order === name || order === `-${name}`)
  return { by: by ?? "created_at", isDescending: order.startsWith("-") }
}
