import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../providers/base/context"
import { sessionOf } from "../providers/base/order-details"
import { gatewayContextOf, journalOf } from "../providers/registry"
import type { OrderTransaction, RowKind } from "./reconciliation/order-ledger"

export type OrderOfPayment = {
  id: string
  status: string
  transactions: OrderTransaction[]
}

type OrderRow = Omit<OrderOfPayment, "transactions"> & {
  transactions?:
    ((OrderTransaction & { raw_amount?: OrderTransaction["amount"] | null }) | null)[] | null
}

/** The order that one of Medusa's payments belongs to, with the lines in its books. */
export async function orderOfPayment(
  container: MedusaContainer,
  paymentId: string
): Promise<OrderOfPayment | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
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
export async function livingRows(
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

/** Whose money it is, as far as the shop knows: Medusa tells the provider of customers who are logged in alone. */
export async function customerOf(
  container: MedusaContainer,
  { customer_id, cart_id }: Pick<GatewayOrder, "customer_id" | "cart_id">
): Promise<string | null> {
  if (customer_id !== null || cart_id === null) {
    return customer_id
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: ["customer_id"],
    filters: { id: cart_id },
  })
  return data[0]?.customer_id ?? null
}

/** A capture or a refund of Medusa's. */
export type MoneyRow = {
  id: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  created_at: Date | string
}

/** A payment of Medusa's, as far as it is read here. */
export type PaymentRow = {
  id: string
  provider_id: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  data?: Record<string, unknown> | null
  captured_at?: unknown
  canceled_at?: unknown
  captures?: (MoneyRow | null)[] | null
  refunds?: (MoneyRow | null)[] | null
}

/** The fields of `PaymentRow`, for a query. */
const paymentFields = [
  "id",
  "provider_id",
  "amount",
  "raw_amount",
  "data",
  "captured_at",
  "canceled_at",
  "captures.*",
  "refunds.*",
] as const

/** A payment that a gateway of this package took, with the order behind it. */
export type OwnPayment = {
  payment: PaymentRow
  order: GatewayOrder
  context: GatewayContext
}

/** Undefined for payments of other providers, and of gateways that are not in the shop's config any more. */
async function ownPayment(
  container: MedusaContainer,
  payment: PaymentRow
): Promise<OwnPayment | undefined> {
  const gateway = gatewayContextOf(container, payment.provider_id)
  const reference = payment.data?.reference
  const order =
    gateway && typeof reference === "string"
      ? await journalOf(container).findOrder(reference)
      : undefined
  return gateway && order?.provider_id === payment.provider_id
    ? { payment, order, context: gateway.context }
    : undefined
}

export async function ownPaymentById(
  container: MedusaContainer,
  id: string
): Promise<OwnPayment | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: [...paymentFields],
    filters: { id },
  })
  return data[0] ? await ownPayment(container, data[0]) : undefined
}

/** Those that Medusa has for the session of an order at a gateway. */
export async function ownPaymentsOfSession(
  container: MedusaContainer,
  order: Pick<GatewayOrder, "session_id" | "attached_session_id">
): Promise<OwnPayment[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: [...paymentFields],
    filters: { payment_session_id: sessionOf(order) },
  })
  const own = await Promise.all(data.map((payment) => ownPayment(container, payment)))
  return own.filter((found) => found !== undefined)
}

/** The payments of an order that this package's gateways took. */
export async function ownPaymentsOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<OwnPayment[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", ...paymentFields.map((field) => `payment_collections.payments.${field}`)],
    filters: { id: orderId },
  })
  const payments = (data[0]?.payment_collections ?? []).flatMap(
    (collection: { payments?: (PaymentRow | null)[] | null } | null) => collection?.payments ?? []
  )
  const own: OwnPayment[] = []
  for (const payment of payments) {
    const found = payment && (await ownPayment(container, payment))
    if (found) {
      own.push(found)
    }
  }
  return own
}

/** What Medusa has of a payment and has not given back; major units. */
export function leftInMedusa({ captures, refunds }: PaymentRow) {
  const sum = (rows: PaymentRow["captures"]) =>
    (rows ?? []).reduce(
      (total, row) => (row ? MathBN.add(total, row.raw_amount ?? row.amount) : total),
      MathBN.convert(0)
    )
  return MathBN.sub(sum(captures), sum(refunds))
}
