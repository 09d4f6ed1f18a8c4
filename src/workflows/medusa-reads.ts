/**
 * What this package reads of Medusa's own rows: sessions, orders and carts, and the links between them. Its payments stand
 * in medusa-payments, what is read of carts that were left half completed in orphan-orders. Tried on Medusa 2.21.2.
 */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import type { PaymentSessionRow } from "../providers/base/medusa-rows"
import type { PaymentRow } from "./medusa-payments"
import type { OrderTransaction, RowKind } from "./reconciliation/order-ledger"

/** A payment session of Medusa's. */
export type SessionRow = PaymentSessionRow & {
  status: string
  hasPayment: boolean
  payment: SessionPayment | null
  /** Of its payment. */
  captureIds: string[]
}

/** The payment of a session, as far as it is read with it. */
export type SessionPayment = Pick<PaymentRow, "id" | "data" | "canceled_at">

export async function sessionRow(
  container: MedusaContainer,
  id: string
): Promise<SessionRow | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "payment_session",
    fields: [
      "id",
      "status",
      "provider_id",
      "amount",
      "raw_amount",
      "currency_code",
      "payment_collection_id",
      "payment.id",
      "payment.data",
      "payment.canceled_at",
      "payment.captures.id",
    ],
    filters: { id },
  })
  const [row] = data
  if (!row) {
    return undefined
  }
  const captures: readonly ({ id: string } | null)[] = row.payment?.captures ?? []
  return {
    ...row,
    hasPayment: Boolean(row.payment),
    payment: row.payment ?? null,
    captureIds: captures.flatMap((capture) => capture?.id ?? []),
  }
}

/**
 * Whether Medusa has the payment, its order, and each capture in the order's transactions: another run would only find
 * nothing to do. A server can die between any two of them. A collection of neither a cart nor an order is the shop's
 * own code's, such as a customer's top-up: its payment is all that there is to book.
 */
export async function isBooked(
  container: MedusaContainer,
  session: SessionRow | undefined
): Promise<boolean> {
  return (await sessionBooking(container, session)).isBooked
}

/** What `isBooked` was found out by, for whoever needs the rows as well. */
export type SessionBooking = {
  isBooked: boolean
  session: SessionRow | undefined
  /** Where the session has a payment, and its collection is an order's. */
  link?: LinkedOrder
}

export async function sessionBooking(
  container: MedusaContainer,
  session: SessionRow | undefined
): Promise<SessionBooking> {
  if (!session?.hasPayment) {
    return { isBooked: false, session }
  }
  const { payment_collection_id, captureIds } = session
  const link = await orderOfCollection(container, payment_collection_id)
  const { order } = link ?? {}
  const isBooked = order
    ? captureIds.every((id) => order.transactionsOf.includes(id))
    : (await cartIdOfCollection(container, payment_collection_id)) === undefined
  return { isBooked, session, link }
}

/** The link of a payment collection to an order, and the order as far as it is there still. */
export type LinkedOrder = {
  order_id: string
  order?: {
    id: string
    status: string
    /** What its transactions are about: the ids of captures and refunds, and of payments. */
    transactionsOf: (string | null | undefined)[]
  }
}

/** Undefined for the payment collection of a cart that is no order yet, and for the shop's own. */
export async function orderOfCollection(
  container: MedusaContainer,
  payment_collection_id: string
): Promise<LinkedOrder | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "order_payment_collection",
    fields: ["order_id", "order.id", "order.status", "order.transactions.reference_id"],
    filters: { payment_collection_id },
  })
  const [link] = data
  if (!link?.order_id) {
    return undefined
  }
  const transactions: readonly ({ reference_id?: string | null } | null)[] =
    link.order?.transactions ?? []
  const transactionsOf = transactions.map((transaction) => transaction?.reference_id)
  return {
    order_id: link.order_id,
    ...(link.order
      ? { order: { id: link.order.id, status: link.order.status, transactionsOf } }
      : {}),
  }
}

/** The id of the cart that a payment collection belongs to. */
export async function cartIdOfCollection(
  container: MedusaContainer,
  payment_collection_id: string
): Promise<string | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id },
  })
  return data[0]?.cart_id
}

/** The payment collection of a cart. */
export async function collectionOfCart(
  container: MedusaContainer,
  cart_id: string
): Promise<string | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "cart_payment_collection",
    fields: ["payment_collection_id"],
    filters: { cart_id },
  })
  return data[0]?.payment_collection_id
}

/** The order that a cart became. */
export async function orderOfCart(
  container: MedusaContainer,
  cart_id: string
): Promise<string | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "order_cart",
    fields: ["order_id"],
    filters: { cart_id },
  })
  return data[0]?.order_id
}

/** Whose money it is, as far as the shop knows: Medusa tells the provider of customers who are logged in alone. */
export async function customerOf(
  container: MedusaContainer,
  { customer_id, cart_id }: Pick<GatewayOrder, "customer_id" | "cart_id">
): Promise<string | null> {
  if (customer_id !== null || cart_id === null) {
    return customer_id
  }
  const { data } = await queryOf(container).graph({
    entity: "cart",
    fields: ["customer_id"],
    filters: { id: cart_id },
  })
  return data[0]?.customer_id ?? null
}

/** The ids of the payment sessions of an order. */
export async function sessionsOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<string[]> {
  const { sessions } = await collectionsOfOrder(container, orderId)
  return sessions.map(({ id }) => id)
}

/** The payment collections of an order, and the sessions that they still have. */
export type OrderCollections = {
  collectionIds: string[]
  sessions: { id: string; status: string }[]
}

export async function collectionsOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<OrderCollections> {
  const { data } = await queryOf(container).graph({
    entity: "order_payment_collection",
    fields: [
      "payment_collection_id",
      "payment_collection.payment_sessions.id",
      "payment_collection.payment_sessions.status",
    ],
    filters: { order_id: orderId },
  })
  return {
    collectionIds: data.map(({ payment_collection_id }) => payment_collection_id),
    sessions: data.flatMap((row) =>
      (row.payment_collection?.payment_sessions ?? []).flatMap(
        (session: OrderCollections["sessions"][number] | null) => session ?? []
      )
    ),
  }
}

/** The payment collections of an order that wait for a payment, and for which none was begun. */
export async function unusedCollections(
  container: MedusaContainer,
  orderId: string
): Promise<string[]> {
  const { data } = await queryOf(container).graph({
    entity: "order_payment_collection",
    fields: [
      "payment_collection.id",
      "payment_collection.status",
      "payment_collection.payment_sessions.id",
    ],
    filters: { order_id: orderId },
  })
  return data.flatMap(({ payment_collection: collection }) =>
    collection?.status === "not_paid" && (collection.payment_sessions ?? []).length === 0
      ? collection.id
      : []
  )
}

/** What is to be paid of an order by Medusa's summary, below zero where the shop owes; major units. */
export async function pendingDifference(container: MedusaContainer, orderId: string) {
  const { data } = await queryOf(container).graph({
    entity: "order",
    fields: ["id", "summary"],
    filters: { id: orderId },
  })
  return MathBN.convert(data[0]?.summary?.pending_difference ?? 0)
}

/** What Medusa shows of the money of an order as it is now, and the lines that this is the sum of; of one moment. */
export type ShownSums = {
  order_id: string
  summary_id: string
  /** As Medusa writes it, such as `{ "paid_total": 40, "raw_paid_total": { "value": "40", "precision": 20 } }`. */
  totals: Record<string, unknown>
  /** The same as PostgreSQL writes it, by which a change of it is seen. */
  seen: string
  /** Of the lines, in major units; what was given back is below zero. */
  amounts: string[]
}

/** Undefined for an order that is deleted. By one statement: Medusa writes a line and the sum of it in one transaction. */
export async function shownSums(
  container: MedusaContainer,
  orderId: string
): Promise<ShownSums | undefined> {
  const { rows } = await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw<{ rows: ShownSums[] }>(
      `select ${shownColumns} from "order" o join ${shownSummary} where o.id = ? and o.deleted_at is null`,
      [orderId]
    )
  return rows[0]
}

/** A payment, with what is shown of its order where it has one. */
export type ShownSumsOfPayment = { payment_id: string } & (ShownSums | { seen: null })

/** Of the next payments of a provider, in the order of their ids, up to `most` of them. */
export async function shownSumsAfter(
  container: MedusaContainer,
  providerId: string,
  after: string,
  most: number
): Promise<ShownSumsOfPayment[]> {
  const { rows } = await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw<{ rows: ShownSumsOfPayment[] }>(
      `with next as materialized (
          select id, payment_collection_id from payment
            where id > ? and provider_id = ? and deleted_at is null order by id limit ?
        )
        select next.id as payment_id, ${shownColumns} from next
        left join order_payment_collection l
          on l.payment_collection_id = next.payment_collection_id and l.deleted_at is null
        left join "order" o on o.id = l.order_id and o.deleted_at is null
        left join ${shownSummary}
        order by next.id`,
      [after, providerId, most]
    )
  return rows
}

const shownColumns = `o.id as order_id, s.id as summary_id, s.totals, s.totals::text as seen, array(
    select coalesce(t.raw_amount->>'value', t.amount::text) from order_transaction t
      where t.order_id = o.id and t.deleted_at is null
  ) as amounts`

/** Of the last version of an order, which alone is shown. */
const shownSummary = `order_summary s
  on s.order_id = o.id and s.version = o.version and s.deleted_at is null`

/** Whether an order is being edited, returned or exchanged. */
export async function isBeingChanged(
  container: MedusaContainer,
  orderId: string
): Promise<boolean> {
  const { data } = await queryOf(container).graph({
    entity: "order_change",
    fields: ["id"],
    filters: { order_id: orderId, status: ["pending", "requested"] },
  })
  return data.length > 0
}

export type OrderOfPayment = {
  id: string
  status: string
  transactions: OrderTransaction[]
}

type OrderRow = Omit<OrderOfPayment, "transactions"> & {
  transactions?:
    ((OrderTransaction & { raw_amount?: OrderTransaction["amount"] | null }) | null)[] | null
}

/** The order that one of Medusa's payments belongs to, with its transactions. */
export async function orderOfPayment(
  container: MedusaContainer,
  paymentId: string
): Promise<OrderOfPayment | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "payment",
    fields: [
      "payment_collection.order.id",
      "payment_collection.order.status",
      "payment_collection.order.transactions.*",
    ],
    filters: { id: paymentId },
  })
  const order: OrderRow | null | undefined = data[0]?.payment_collection?.order
  return order
    ? {
        id: order.id,
        status: order.status,
        transactions: (order.transactions ?? []).flatMap((line) =>
          line ? { ...line, amount: line.raw_amount ?? line.amount } : []
        ),
      }
    : undefined
}

/** Which of these captures and refunds Medusa still has. It never uses an id twice, so what is gone stays gone. */
export async function existingRows(
  container: MedusaContainer,
  ids: Readonly<Record<RowKind, string[]>>
): Promise<Set<string>> {
  const payment = container.resolve(Modules.PAYMENT)
  const rows = [
    ...(ids.refund.length > 0 ? await payment.listRefunds({ id: ids.refund }) : []),
    ...(ids.capture.length > 0 ? await payment.listCaptures({ id: ids.capture }) : []),
  ]
  return new Set(rows.map(({ id }) => id))
}

/** Medusa's way to read rows and what is linked to them. */
export function queryOf(container: MedusaContainer) {
  return container.resolve(ContainerRegistrationKeys.QUERY)
}
