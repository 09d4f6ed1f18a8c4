/** What the shop knows of the gateway payments of an order, and what can be done with each now. Nothing is asked or sent. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { notFound } from "../../shared/errors"
import {
  compare,
  decimal,
  type DecimalString,
  fixedAt,
  isPositive,
  subtract,
} from "../../gateways/shared/money"
import {
  type GatewayOperation,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder, ReceivedMoney } from "../../modules/payment-journal/gateway-order"
import { gatewayReference } from "../../modules/payment-journal/references"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import {
  auditLinesAbout,
  exceptionsAbout,
  messagesAbout,
  listPayments,
  type PaymentWithMoney,
} from "../../modules/payment-journal/repositories/payment-queries"
import type { GatewayContext } from "../../providers/base/context"
import { orderDecimals, orderDetails, sessionOf } from "../../providers/base/order-details"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { actorNames } from "../actors"
import { type PaymentRow, paymentsOfOrder } from "../medusa-payments"
import { collectionsOfOrder, type OrderCollections } from "../medusa-reads"
import { type DueOnOrder, duesOnOrders } from "./amount-due"
import { type LinkChoices, linkChoices } from "./link-choices"
import { type ShownAction, shownAction } from "./shown-action"
import {
  captureInMedusa,
  type PossibleInMedusa,
  refundInMedusa,
  voidInMedusa,
} from "./possible-in-medusa"
import { type TimelineEntry, timelineOf } from "./timeline"

/** Amounts are exact texts in major units, those of a payment at its gateway's decimals. */
export type OrderPayments = {
  order_id: string
  status: string
  currency_code: string
  total: string
  /** What is neither paid nor reserved. */
  due: string
  reserved: string
  /** What the shop has to give back, because more was paid than the order costs by now. */
  owed: string
  /** Newest first; those that Medusa has no session for any more stand last. */
  payments: OrderPayment[]
  links: LinkChoices
  /** Newest first. */
  timeline: TimelineEntry[]
}

export type OrderPayment = Pick<
  GatewayOrder,
  | "provider_id"
  | "reference"
  | "gateway_id"
  | "state"
  | "raw_status"
  | "currency_code"
  | "created_at"
  | "expires_at"
> & {
  /** The gateway's name; null where the provider is not in the shop's config any more. */
  title: string | null
  /** Medusa has a session or a payment for it; what was replaced can still be paid at some gateways. */
  is_current: boolean
  ordered: string
  received: string
  captured: string
  refunded: string
  /** What was ordered and did not come, where something came; what came on top. */
  missing: string | null
  surplus: string | null
  /** What the gateway last answered. */
  asked_at: string | null
  refund: PossibleInMedusa | null
  capture: PossibleInMedusa | null
  void: PossibleInMedusa | null
  /** How it can be paid, while it is not. */
  next_action: ShownAction | null
  /** Medusa's own payment. */
  payment_id: string | null
  payment_canceled: boolean
  refunds_elsewhere: { reference: string; amount: string; is_booked: boolean }[]
  /** Open entries of the list of payment exceptions. */
  exceptions: Pick<PaymentException, "id" | "kind" | "amount" | "currency_code">[]
}

const mostPayments = 50
const mostMessages = 50

/** @throws MedusaError not_found for an order that does not exist */
export async function describeOrderPayments(
  container: MedusaContainer,
  orderId: string,
  now = new Date()
): Promise<OrderPayments> {
  const [due] = await duesOnOrders(container, [orderId])
  if (!due) {
    throw notFound(`There is no order ${orderId}`)
  }
  const known = await Promise.all(
    (await gatewayOrdersOf(container, orderId)).map((found) => withJournal(container, found))
  )
  const medusaPayments = await paymentsOfOrder(container, orderId)
  const collections = await collectionsOfOrder(container, orderId)
  const exceptions = await exceptionsOf(container, [orderId], known)
  const payments = known.map((found) =>
    describePayment(found, {
      due,
      now,
      payment: paymentFor(found.order, medusaPayments),
      isCurrent: isCurrent(found.order, collections, known),
      exceptions: exceptions.filter((entry) => isAbout(entry, found)),
    })
  )
  return {
    order_id: due.id,
    status: due.status,
    currency_code: due.currency_code,
    total: due.total.toFixed(),
    due: due.due.toFixed(),
    reserved: due.reserved.toFixed(),
    owed: due.owed.toFixed(),
    payments: payments.sort((a, b) => Number(b.is_current) - Number(a.is_current)),
    links: await linkChoices(container, due, {
      isChargeUnsettled: known.some(hasUnsettledCharge),
      isPlacedOnCode: isPlacedOnCode(collections, payments),
    }),
    timeline: await readTimeline(container, known, exceptions),
  }
}

/** What happened to one order at a gateway, the newest first. */
export async function timelineOfPayment(
  container: MedusaContainer,
  payment: PaymentWithMoney
): Promise<TimelineEntry[]> {
  const known = [await withJournal(container, payment)]
  return await readTimeline(container, known, await exceptionsOf(container, [], known))
}

/** An order at a gateway with what the journal has of it. */
export type KnownPayment = {
  order: PaymentWithMoney
  operations: GatewayOperation[]
  money: ReceivedMoney[]
  context: GatewayContext | undefined
}

/** The orders at gateways that were opened for an order of the shop's, or whose money was attached to it; newest first. */
export async function gatewayOrdersOf(
  container: MedusaContainer,
  orderId: string
): Promise<PaymentWithMoney[]> {
  const { collectionIds, sessions } = await collectionsOfOrder(container, orderId)
  if (collectionIds.length === 0) {
    return []
  }
  const belongsTo = [
    { customerIds: [], cartIds: [], collectionIds, sessionIds: sessions.map(({ id }) => id) },
  ]
  const { payments } = await listPayments(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    { belongsTo },
    { limit: mostPayments, offset: 0, order: { by: "created_at", isDescending: true } }
  )
  return payments
}

async function withJournal(
  container: MedusaContainer,
  order: PaymentWithMoney
): Promise<KnownPayment> {
  const journal = journalOf(container)
  return {
    order,
    operations: await journal.operationsOfOrder(order.reference),
    money: await journal.moneyOfOrder(order.reference),
    context: gatewayContextOf(container, order.provider_id)?.context,
  }
}

function paymentFor(order: GatewayOrder, payments: readonly PaymentRow[]): PaymentRow | undefined {
  return payments.find(
    ({ provider_id, data }) =>
      provider_id === order.provider_id && data?.reference === order.reference
  )
}

/** The newest order of a session that Medusa still has: an older one stands for another amount. */
function isCurrent(
  order: GatewayOrder,
  { sessions }: OrderCollections,
  known: readonly KnownPayment[]
): boolean {
  const session = sessionOf(order)
  const newest = known.find((other) => sessionOf(other.order) === session)
  return newest?.order === order && sessions.some(({ id }) => id === session)
}

type Around = {
  due: DueOnOrder
  now: Date
  payment: PaymentRow | undefined
  isCurrent: boolean
  exceptions: readonly PaymentException[]
}

function describePayment(
  { order, operations, context }: KnownPayment,
  { due, now, payment, isCurrent, exceptions }: Around
): OrderPayment {
  const { provider_id, reference, gateway_id, state, raw_status, currency_code } = order
  const gateway = context?.gateway
  const decimals = gateway ? orderDecimals(gateway, order) : 0
  const exact = (amount: string) => fixedAt(decimal(amount), decimals)
  const facts = gateway && { gateway, order, operations, payment, orderStatus: due.status, now }
  return {
    provider_id,
    title: gateway?.title ?? null,
    reference,
    gateway_id,
    state,
    raw_status,
    currency_code,
    created_at: order.created_at,
    expires_at: order.expires_at,
    asked_at: order.answers.at(-1)?.last_at ?? null,
    is_current: isCurrent || payment !== undefined,
    ordered: exact(order.amount),
    received: exact(order.received_amount),
    captured: exact(capturedAmount(order)),
    refunded: exact(order.refunded_amount),
    ...differences(order, exact),
    refund: facts ? refundInMedusa(facts) : null,
    capture: facts ? captureInMedusa(facts) : null,
    void: facts ? voidInMedusa(facts) : null,
    next_action: isCurrent && !payment ? shownAction(order, now) : null,
    payment_id: payment?.id ?? null,
    payment_canceled: Boolean(payment?.canceled_at),
    refunds_elsewhere: refundsElsewhere(operations, payment),
    exceptions: exceptions
      .filter((entry) => entry.state === "open")
      .map(({ id, kind, amount, currency_code }) => ({ id, kind, amount, currency_code })),
  }
}

/** What is only reserved was not captured. */
function capturedAmount({ state, captured_amount, received_amount }: PaymentWithMoney): string {
  return captured_amount ?? (state === "authorized" ? "0" : received_amount)
}

/** Less than was ordered is missing once something came. */
function differences(
  order: PaymentWithMoney,
  exact: (amount: string) => string
): Pick<OrderPayment, "missing" | "surplus"> {
  const received = decimal(order.received_amount)
  const missing = subtract(decimal(order.amount), received)
  const surplus = orderDetails(order).surplus ?? subtract(received, decimal(order.amount))
  const isPart = isPositive(received) && order.captured_amount === null && isPositive(missing)
  return {
    missing: isPart ? exact(missing) : null,
    surplus: isMoreThanNothing(surplus) ? exact(surplus) : null,
  }
}

function isMoreThanNothing(amount: string | DecimalString): boolean {
  return compare(decimal(amount), decimal("0")) > 0
}

function refundsElsewhere(
  operations: readonly GatewayOperation[],
  payment: PaymentRow | undefined
): OrderPayment["refunds_elsewhere"] {
  const rows = new Set((payment?.refunds ?? []).flatMap((row) => row?.id ?? []))
  return operations
    .filter(
      ({ kind, state, made_elsewhere }) => kind === "refund" && state === "done" && made_elsewhere
    )
    .map(({ reference, amount, medusa_id }) => ({
      reference,
      amount,
      is_booked: medusa_id !== null && rows.has(medusa_id),
    }))
}

/** An entry is about the payment, one of its operations, or what came beside it. */
function isAbout({ reference }: PaymentException, { order, operations }: KnownPayment): boolean {
  return (
    reference === order.reference ||
    operations.some((operation) => operation.reference === reference)
  )
}

function hasUnsettledCharge({ operations }: KnownPayment): boolean {
  return operations.some(({ kind, state }) => kind === "charge" && unsettledStates.includes(state))
}

/** The order was placed before it was paid, on a code that can still be paid. */
function isPlacedOnCode(
  { sessions }: OrderCollections,
  payments: readonly OrderPayment[]
): boolean {
  return (
    sessions.some(({ status }) => status === "pending_authorization") &&
    payments.some(({ next_action }) => next_action?.type === "pay_code")
  )
}

async function exceptionsOf(
  container: MedusaContainer,
  alsoAbout: readonly string[],
  known: readonly KnownPayment[]
): Promise<PaymentException[]> {
  const references = known.flatMap(({ order, operations }) => [
    order.reference,
    ...operations.map(({ reference }) => reference),
  ])
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  return await exceptionsAbout(database, [...alsoAbout, ...references])
}

async function readTimeline(
  container: MedusaContainer,
  known: readonly KnownPayment[],
  exceptions: readonly PaymentException[]
): Promise<TimelineEntry[]> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const references = known.map(({ order }) => gatewayReference(order.reference))
  const subjects = [
    ...known.flatMap(({ order, operations }) => [order.id, ...operations.map(({ id }) => id)]),
    ...exceptions.map(({ id }) => id),
  ]
  const messages = await messagesAbout(database, [...new Set(references)], mostMessages)
  const lines = await auditLinesAbout(database, subjects)
  const names = await actorNames(
    container,
    lines.map(({ actor }) => actor).filter((actor) => actor !== "system")
  )
  return timelineOf({ known, messages, exceptions, lines, names })
}
