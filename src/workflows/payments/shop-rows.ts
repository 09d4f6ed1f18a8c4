/**
 * What the shop itself has beside an order at a gateway: the customer and the order of the shop's. And the other way
 * round, which orders at gateways belong to what people know a payment by. Reads alone; tried on Medusa 2.21.2.
 */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { Owners } from "../../modules/payment-journal/repositories/payment-queries"

export type ShopRows = {
  customer: ShopCustomer | null
  order: ShopOrder | null
}

export type ShopCustomer = {
  id: string
  email: string | null
  first_name: string | null
  last_name: string | null
}

/** `display_id` is the number that people read; a draft order has one too. */
export type ShopOrder = { id: string; display_id: number }

type Payment = Pick<
  GatewayOrder,
  "id" | "payment_collection_id" | "attached_session_id" | "cart_id" | "customer_id"
>

/** By the id of the order at the gateway. What Medusa has deleted since is not there. */
export async function shopRowsOf(
  container: MedusaContainer,
  payments: readonly Payment[]
): Promise<Map<string, ShopRows>> {
  const collections = await collectionsOfSessions(container, payments)
  const collectionOf = ({ attached_session_id, payment_collection_id }: Payment) =>
    attached_session_id === null ? payment_collection_id : collections.get(attached_session_id)
  const [orders, carts] = await Promise.all([
    ordersOfCollections(container, payments.map(collectionOf)),
    customersOfCarts(container, payments),
  ])
  const orderOf = (payment: Payment) => orders.get(collectionOf(payment) ?? "")
  const customerOf = (payment: Payment) =>
    payment.customer_id ?? orderOf(payment)?.customer_id ?? carts.get(payment.cart_id ?? "") ?? null
  const customers = await customersById(container, payments.map(customerOf))
  return new Map(
    payments.map((payment) => {
      const { id, display_id } = orderOf(payment) ?? {}
      return [
        payment.id,
        {
          customer: customers.get(customerOf(payment) ?? "") ?? null,
          order: id !== undefined && display_id !== undefined ? { id, display_id } : null,
        },
      ]
    })
  )
}

/** What belongs to a customer: also what they bought before they had an account, or as a guest. */
export async function ownersOfCustomers(
  container: MedusaContainer,
  customerIds: readonly string[]
): Promise<Owners> {
  if (customerIds.length === 0) {
    return nobody
  }
  const customer_id = [...customerIds]
  const [carts, orders] = await Promise.all([
    rowsOf(container, "cart", ["id"], { customer_id }),
    rowsOf(container, "order", ["id"], { customer_id }),
  ])
  const owners = await ownersOfOrders(
    container,
    orders.map(({ id }) => id)
  )
  return { ...owners, customerIds, cartIds: carts.map(({ id }) => id) }
}

/** What was paid for orders of the shop's, and what was tried. */
export async function ownersOfOrders(
  container: MedusaContainer,
  orderIds: readonly string[]
): Promise<Owners> {
  if (orderIds.length === 0) {
    return nobody
  }
  const links = await rowsOf(
    container,
    "order_payment_collection",
    ["payment_collection_id", "payment_collection.payment_sessions.id"],
    { order_id: [...orderIds] }
  )
  const sessions = links.flatMap(
    (link): ({ id: string } | null)[] => link.payment_collection?.payment_sessions ?? []
  )
  return {
    ...nobody,
    collectionIds: links.map(({ payment_collection_id }) => payment_collection_id),
    sessionIds: sessions.flatMap((session) => session?.id ?? []),
  }
}

/**
 * What a person may have meant who typed this: an order's number such as `1042` or `#1042`, an order's id, or a
 * shopper's whole e-mail address. Nothing where it can be none of them.
 */
export async function ownersNamed(container: MedusaContainer, text: string): Promise<Owners> {
  const [, number] = /^#?(\d{1,9})$/.exec(text) ?? []
  if (number !== undefined) {
    const orders = await rowsOf(container, "order", ["id"], { display_id: Number(number) })
    return await ownersOfOrders(
      container,
      orders.map(({ id }) => id)
    )
  }
  if (text.startsWith("order_")) {
    return await ownersOfOrders(container, [text])
  }
  if (text.includes("@")) {
    return await ownersOfCustomers(container, await customersByEmail(container, [text]))
  }
  return nobody
}

/** The ids of customers, with and without an account. Medusa keeps addresses as the shopper typed them, mostly in small letters. */
export async function customersByEmail(
  container: MedusaContainer,
  emails: readonly string[]
): Promise<string[]> {
  const email = among(emails.flatMap((text) => [text, text.toLowerCase()]))
  const customers = email.length > 0 ? await rowsOf(container, "customer", ["id"], { email }) : []
  return customers.map(({ id }) => id)
}

const nobody: Owners = { customerIds: [], cartIds: [], collectionIds: [], sessionIds: [] }

/** The payment collection of each session that a payment was attached to. */
async function collectionsOfSessions(
  container: MedusaContainer,
  payments: readonly Payment[]
): Promise<Map<string, string>> {
  const id = among(payments.map(({ attached_session_id }) => attached_session_id))
  const fields = ["id", "payment_collection_id"]
  const sessions = id.length > 0 ? await rowsOf(container, "payment_session", fields, { id }) : []
  return new Map(sessions.map((session) => [session.id, session.payment_collection_id]))
}

async function ordersOfCollections(
  container: MedusaContainer,
  collectionIds: readonly (string | null | undefined)[]
): Promise<Map<string, ShopOrder & { customer_id?: string | null }>> {
  const payment_collection_id = among(collectionIds)
  if (payment_collection_id.length === 0) {
    return new Map()
  }
  const links = await rowsOf(
    container,
    "order_payment_collection",
    ["payment_collection_id", "order.id", "order.display_id", "order.customer_id"],
    { payment_collection_id }
  )
  return new Map(
    links.flatMap(({ payment_collection_id: collection, order }) =>
      order ? [[collection, order]] : []
    )
  )
}

async function customersOfCarts(
  container: MedusaContainer,
  payments: readonly Payment[]
): Promise<Map<string, string>> {
  const id = among(
    payments.map(({ customer_id, cart_id }) => (customer_id === null ? cart_id : null))
  )
  const fields = ["id", "customer_id"]
  const carts = id.length > 0 ? await rowsOf(container, "cart", fields, { id }) : []
  return new Map(carts.flatMap((cart) => (cart.customer_id ? [[cart.id, cart.customer_id]] : [])))
}

async function customersById(
  container: MedusaContainer,
  ids: readonly (string | null)[]
): Promise<Map<string, ShopCustomer>> {
  const id = among(ids)
  const fields = ["id", "email", "first_name", "last_name"]
  const customers = id.length > 0 ? await rowsOf(container, "customer", fields, { id }) : []
  return new Map(
    customers.map(({ id, email, first_name, last_name }) => [
      id,
      { id, email: email ?? null, first_name: first_name ?? null, last_name: last_name ?? null },
    ])
  )
}

/** Each that there is, once. */
function among(ids: readonly (string | null | undefined)[]): string[] {
  return [...new Set(ids.flatMap((id) => id ?? []))]
}

async function rowsOf(
  container: MedusaContainer,
  entity: string,
  fields: string[],
  filters: Record<string, unknown>
) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields, filters })
  return data
}
