import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import { personName } from "../actors"
import { type DueOnOrder, duesOnOrders } from "../order-payments/amount-due"

/** Why an order can't be paid by the money of an entry. */
export const orderRefusals = ["canceled", "other_currency", "less_due"] as const

/** An order that money could be attached to; amounts are exact texts in major units. */
export type OrderToAttach = {
  id: string
  display_id: number
  status: string
  email: string | null
  customer_name: string | null
  currency_code: string
  total: string
  /** What is neither paid nor reserved. */
  due: string
  created_at: Date | string
  refusal: (typeof orderRefusals)[number] | null
}

const atMost = 20

/**
 * Orders that the money of an entry may be for, those that it fits first, then the newest: by words of the order's
 * number, its e-mail address or its customer's name; without words those of the entry's own customer and order.
 *
 * @param amount what would be attached; major units
 */
export async function findOrdersToAttach(
  container: MedusaContainer,
  found: PaymentException,
  { words, amount }: { words: string; amount: string }
): Promise<OrderToAttach[]> {
  const ids = words ? await idsByWords(container, words) : await idsOfCustomer(container, found)
  const orders = ids.length > 0 ? await duesOnOrders(container, ids) : []
  const names = await customerNames(container, orders)
  const money = { amount, currency_code: found.currency_code }
  return orders
    .map((order) => ({
      id: order.id,
      display_id: order.display_id,
      status: order.status,
      email: order.email,
      customer_name: (order.customer_id && names.get(order.customer_id)) || null,
      currency_code: order.currency_code,
      total: order.total.toFixed(),
      due: order.due.toFixed(),
      created_at: order.created_at,
      refusal: refusalOf(order, money),
    }))
    .sort((a, b) => fit(a) - fit(b) || b.display_id - a.display_id)
}

/** The same that `amountDue` asks for when it is attached. */
function refusalOf(
  { status, currency_code, due }: DueOnOrder,
  money: Pick<PaymentException, "amount" | "currency_code">
): OrderToAttach["refusal"] {
  if (status === "canceled") {
    return "canceled"
  }
  if (currency_code !== money.currency_code) {
    return "other_currency"
  }
  return MathBN.lt(due, money.amount) ? "less_due" : null
}

/** What it fits comes first. */
function fit({ refusal }: OrderToAttach): number {
  return refusal === null ? 0 : 1
}

async function idsByWords(container: MedusaContainer, words: string): Promise<string[]> {
  const q = words.replace(/^#/, "")
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: customers } = await query.graph({
    entity: "customer",
    fields: ["id"],
    filters: { q },
    pagination: { take: atMost },
  })
  const customer_id = customers.map(({ id }) => id)
  const lists = await Promise.all([
    /^order_/.test(q) ? [q] : [],
    /^\d{1,9}$/.test(q) ? await newestOrders(container, { display_id: Number(q) }) : [],
    await newestOrders(container, { q }),
    customer_id.length > 0 ? await newestOrders(container, { customer_id }) : [],
  ])
  return [...new Set(lists.flat())].slice(0, atMost)
}

async function idsOfCustomer(
  container: MedusaContainer,
  { customer_id, order_id }: PaymentException
): Promise<string[]> {
  const own = customer_id ? await newestOrders(container, { customer_id }) : []
  return [...new Set([...(order_id ? [order_id] : []), ...own])]
}

async function newestOrders(
  container: MedusaContainer,
  filters: Record<string, unknown>
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters,
    pagination: { take: atMost, order: { created_at: "DESC", id: "DESC" } },
  })
  return data.map(({ id }) => id)
}

async function customerNames(
  container: MedusaContainer,
  orders: readonly Pick<DueOnOrder, "customer_id">[]
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(orders.flatMap(({ customer_id }) => customer_id ?? []))]
  if (ids.length === 0) {
    return new Map()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "customer",
    fields: ["id", "first_name", "last_name", "email"],
    filters: { id: ids },
  })
  return new Map(data.map((customer) => [customer.id, personName(customer)]))
}
