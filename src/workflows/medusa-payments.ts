/**
 * What this package reads of Medusa's payments, with their captures and refunds, and which of them a gateway of its own
 * took. Tried on Medusa 2.21.2.
 */
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../providers/base/context"
import { sessionOf } from "../providers/base/order-details"
import { gatewayContextOf, journalOf } from "../providers/registry"
import { queryOf } from "./medusa-reads"

/** An amount of Medusa's, exact where it has it so; major units. */
export type MoneyRow = { amount: BigNumberInput; raw_amount?: BigNumberInput | null }

export function exactAmountOf({ raw_amount, amount }: MoneyRow): BigNumberInput {
  return raw_amount ?? amount
}

/** A capture or a refund of Medusa's. */
export type DatedMoneyRow = MoneyRow & { id: string; created_at: Date | string }

/** A payment of Medusa's. */
export type PaymentRow = MoneyRow & {
  id: string
  provider_id: string
  payment_collection_id: string
  data?: Record<string, unknown> | null
  captured_at?: unknown
  canceled_at?: unknown
  captures?: (DatedMoneyRow | null)[] | null
  refunds?: (DatedMoneyRow | null)[] | null
}

const paymentFields: readonly string[] = [
  "id",
  "provider_id",
  "payment_collection_id",
  "amount",
  "raw_amount",
  "data",
  "captured_at",
  "canceled_at",
  "captures.*",
  "refunds.*",
]

/** Looked up by itself: Medusa deletes the session, and keeps the payment, where it could not make the order. */
export async function paymentsOfSession(
  container: MedusaContainer,
  sessionId: string
): Promise<PaymentRow[]> {
  return await paymentsBy(container, { payment_session_id: sessionId })
}

async function paymentsBy(
  container: MedusaContainer,
  filters: { id: string } | { payment_session_id: string }
): Promise<PaymentRow[]> {
  const fields = [...paymentFields]
  const { data } = await queryOf(container).graph({ entity: "payment", fields, filters })
  return data
}

/** The payments of a canceled order that Medusa neither captured nor canceled, by the session they were made for. */
export async function uncapturedOfCanceledOrder(
  container: MedusaContainer,
  sessionId: string
): Promise<string[]> {
  const { data } = await queryOf(container).graph({
    entity: "payment",
    fields: ["id", "canceled_at", "captures.id", "payment_collection.order.status"],
    filters: { payment_session_id: sessionId },
  })
  return data
    .filter(
      ({ canceled_at, captures, payment_collection }) =>
        !canceled_at &&
        (captures ?? []).length === 0 &&
        payment_collection?.order?.status === "canceled"
    )
    .map(({ id }) => id)
}

export async function paymentsOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<PaymentRow[]> {
  const { data } = await queryOf(container).graph({
    entity: "order",
    fields: ["id", ...paymentFields.map((field) => `payment_collections.payments.${field}`)],
    filters: { id: orderId },
  })
  return (data[0]?.payment_collections ?? [])
    .flatMap(
      (collection: { payments?: (PaymentRow | null)[] | null } | null) => collection?.payments ?? []
    )
    .flatMap((payment: PaymentRow | null) => payment ?? [])
}

/** What Medusa has of a payment and has not given back; major units. */
export function leftInMedusa({ captures, refunds }: PaymentRow) {
  const sum = (rows: PaymentRow["captures"]) =>
    (rows ?? []).reduce(
      (total, row) => (row ? MathBN.add(total, exactAmountOf(row)) : total),
      MathBN.convert(0)
    )
  return MathBN.sub(sum(captures), sum(refunds))
}

/** A payment that a gateway of this package took, with the order at the gateway behind it. */
export type OwnPayment = {
  payment: PaymentRow
  order: GatewayOrder
  context: GatewayContext
}

/** The same as far as Medusa's row of it tells, for what happens with every payment. */
export type TakenPayment = { reference: string; sessionId: string; context: GatewayContext }

export async function takenPayment(
  container: MedusaContainer,
  id: string
): Promise<TakenPayment | undefined> {
  const { data } = await queryOf(container).graph({
    entity: "payment",
    fields: ["id", "provider_id", "payment_session_id", "data"],
    filters: { id },
  })
  const [payment] = data
  const context = payment && gatewayContextOf(container, payment.provider_id)?.context
  const reference: unknown = payment?.data?.reference
  return context && typeof reference === "string"
    ? { reference, sessionId: payment.payment_session_id, context }
    : undefined
}

export async function ownPaymentById(
  container: MedusaContainer,
  id: string
): Promise<OwnPayment | undefined> {
  const [own] = await ownOf(container, await paymentsBy(container, { id }))
  return own
}

/** Those that Medusa has for the session of an order at a gateway. */
export async function ownPaymentsOfSession(
  container: MedusaContainer,
  order: Pick<GatewayOrder, "session_id" | "attached_session_id">
): Promise<OwnPayment[]> {
  return await ownOf(container, await paymentsOfSession(container, sessionOf(order)))
}

/** The payments of an order that this package's gateways took. */
export async function ownPaymentsOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<OwnPayment[]> {
  return await ownOf(container, await paymentsOfOrder(container, orderId))
}

/** Without payments of other providers, and of gateways that are not in the shop's config any more. */
async function ownOf(
  container: MedusaContainer,
  payments: readonly PaymentRow[]
): Promise<OwnPayment[]> {
  const own: OwnPayment[] = []
  for (const payment of payments) {
    const gateway = gatewayContextOf(container, payment.provider_id)
    const reference = payment.data?.reference
    const order =
      gateway && typeof reference === "string"
        ? await journalOf(container).findOrder(reference)
        : undefined
    if (gateway && order?.provider_id === payment.provider_id) {
      own.push({ payment, order, context: gateway.context })
    }
  }
  return own
}
