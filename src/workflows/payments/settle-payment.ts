import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { HeldLease } from "../../modules/payment-journal/repositories/leases"
import type { GatewayContext } from "../../providers/base/context"
import { isWantedBy } from "../../providers/base/amounts"
import { sessionOf } from "../../providers/base/order-details"
import {
  syncForShopper,
  type OrdersOfPayment,
  paymentStatus,
} from "../../providers/base/payment-status"
import { syncFromEvent } from "../../providers/base/sync-from-event"
import {
  decisionOfJournal,
  type SyncOrder,
  type SyncedOrder,
  syncOrder,
} from "../../providers/base/sync-order"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { matchOrListKnownPayment, matchOrListPayment } from "../exceptions/unmatched-payments"
import type { PaymentState } from "../../storefront/payment-state"
import { leaseKeys, withLeaseOf } from "../leases"
import { noteOnSession, sessionNote } from "../medusa-writes"
import { notifyAdmins } from "../notifications"
import { oneStepWorkflow } from "../one-step"
import { adoptPayment } from "./adopt-payment"
import { type Booking, bookingFor, bookPayment, heldAgainstCart } from "./book-payment"
import { sessionBooking, type SessionRow, sessionRow } from "../medusa-reads"

export type SettleOrderInput = {
  /** Medusa's id of the provider that the order must belong to. */
  provider_id: string
  reference: string
  /** What made it be asked about; absent where the shop asks of its own accord. */
  news?: {
    is_proven: boolean
    is_later: boolean
    gateway_id: string | null
    claimed_amount?: string | null
  }
}

/** `state` is what the gateway said when it was asked; null where no order was found to ask about. */
export type SettledOrder = {
  state: PaymentState | null
  outcome: string
  todo: Booking | null
  session_id: string | null
}

export type { PaymentState }

/**
 * Asks the gateway about an order that was opened there, and has Medusa book what was paid. Idempotent; fails
 * where the gateway can't be asked, or what was paid could not be booked: then it is to be tried again.
 */
export const settleOrderWorkflow = oneStepWorkflow(
  "settle-gateway-order",
  async (container, input: SettleOrderInput) =>
    await withLeaseOf(
      container,
      leaseKeys.paymentOfReference(input.reference),
      async (lease) => await settleAndBook(container, input, lease)
    )
)

/**
 * What `settleOrderWorkflow` does, for who holds the payment's lease.
 *
 * @throws GatewayError when the gateway can't be asked; Error where what was paid could not be booked
 */
export async function settleAndBook(
  container: MedusaContainer,
  input: SettleOrderInput,
  lease: HeldLease
): Promise<SettledOrder> {
  const { asked, session, ...settled } = await settlePayment(container, input)
  if (settled.todo && asked && session) {
    await bookPayment(container, settled.todo, session, lease)
    await checkBooking(container, asked)
  }
  return settled
}

/** With what it was found out by, where an order was asked about. */
type Settlement = SettledOrder & {
  asked?: SyncedOrder & { context: GatewayContext }
  session?: SessionRow
}

/** @throws GatewayError when the gateway can't be asked */
export async function settlePayment(
  container: MedusaContainer,
  { provider_id, reference, news }: SettleOrderInput
): Promise<Settlement> {
  const gateway = gatewayContextOf(container, provider_id)
  if (!gateway) {
    return ignoredEvent("the provider is not in the shop's config any more")
  }
  const { context } = gateway
  const order = await journalOf(container).findOrder(reference)
  if (!order || order.provider_id !== provider_id) {
    return ignoredEvent("this shop has not opened such an order")
  }
  const asked = news
    ? await syncFromEvent(context, order, {
        isProven: news.is_proven,
        isLater: news.is_later,
        gatewayId: news.gateway_id ?? undefined,
        claimedAmount: news.claimed_amount ?? undefined,
      })
    : await syncOrder(context, order)
  return await settleAsked(container, context, asked)
}

/** What came is about no order of this shop's: the gateway is not asked. */
function ignoredEvent(outcome: string): SettledOrder {
  return { state: null, outcome, todo: null, session_id: null }
}

async function settleAsked(
  container: MedusaContainer,
  context: GatewayContext,
  asked: SyncedOrder
): Promise<Settlement> {
  const sessionId = sessionOf(asked.order)
  const session = await sessionRow(container, sessionId)
  const adopted = session ? undefined : await adoptPayment(container, context, asked)
  if (adopted) {
    return await settleAsked(container, context, { ...asked, order: adopted })
  }
  const held = await heldAgainstCart(container, context, asked, session)
  const state = held.decision.type
  const todo = await bookingFor(container, context, held, session)
  if (sessionNote(session, state) && (todo || (await isNewest(container, asked.order)))) {
    await noteOnSession(container, session, state)
  }
  if (!todo) {
    await matchOrListPayment(container, context, asked) // else once it is booked
  }
  if (asked.another) {
    await matchOrListKnownPayment(container, context, asked.another)
  }
  await notifyOfAlert(container, context, asked)
  const settled = { state, outcome: state, todo, session_id: session?.id ?? null }
  return { ...settled, asked: { ...asked, context }, session }
}

/** That an older order of the session is over does not end the one the shopper can still pay. */
async function isNewest(container: MedusaContainer, order: GatewayOrder): Promise<boolean> {
  const [newest] = await journalOf(container).ordersOfSession(sessionOf(order))
  return newest?.reference === order.reference
}

/** So long a payment can be on its way from one state to the next, in milliseconds. */
const passingMs = 15 * 60_000

/** Once for each order: the key is the order's. */
async function notifyOfAlert(
  container: MedusaContainer,
  { gateway }: GatewayContext,
  { order, alert }: SyncedOrder
): Promise<void> {
  if (alert && Date.now() - order.created_at.getTime() >= passingMs) {
    await notifyAdmins(container, {
      key: `payment-alert:${order.reference}`,
      title: "A payment needs to be looked at",
      description: `${gateway.title}: of ${order.reference} ${alert}`,
    })
  }
}

/** Medusa carries on where an order can't be made of a cart; what was paid is not settled before it is. */
async function checkBooking(
  container: MedusaContainer,
  { context, order, received }: SyncedOrder & { context: GatewayContext }
): Promise<void> {
  const sessionId = sessionOf(order)
  const found = await sessionBooking(container, await sessionRow(container, sessionId))
  if (!found.isBooked) {
    throw new Error(`The payment of session ${sessionId} could not be made an order yet`)
  }
  const decision = decisionOfJournal(order)
  if (decision) {
    await matchOrListPayment(container, context, { order, decision, received }, { found })
  }
}

export type ConfirmPaymentInput = {
  session_id: string
  /** Asks no more often than a shopper may make the gateway be asked; the last answer has to do in between. */
  is_for_shopper?: boolean
}

/**
 * Asks the gateway about a payment session and, where it was paid, has Medusa complete the cart, or book the
 * payment on the order that it belongs to. Safe to run at any time and any number of times.
 *
 * @returns the payment's state
 * @throws MedusaError not_found when no gateway of this package has an order for the session
 */
export const confirmPaymentWorkflow = oneStepWorkflow(
  "confirm-regional-payment",
  async (container, input: ConfirmPaymentInput) =>
    await withLeaseOf(
      container,
      leaseKeys.payment(input.session_id),
      async (lease) => await confirmPayment(container, input, lease)
    )
)

async function confirmPayment(
  container: MedusaContainer,
  { session_id, is_for_shopper = false }: ConfirmPaymentInput,
  lease: HeldLease
): Promise<{ state: PaymentState }> {
  const sync = is_for_shopper ? syncForShopper : undefined
  const payment = await paymentOfSession(container, session_id, sync)
  if (!payment) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `No order was opened at a gateway for payment session ${session_id}`
    )
  }
  if (payment.todo && payment.session) {
    await bookPayment(container, payment.todo, payment.session, lease)
  }
  return { state: payment.state }
}

export type PaymentOfSession = {
  state: PaymentState
  /** What Medusa still has to do about it; null where there is nothing. */
  todo: Booking | null
  /** Medusa's own; absent where it is gone. */
  session?: SessionRow
}

/**
 * Asks the gateway about a payment session, server to server, and says what Medusa still has to do about it.
 * Undefined where no order was ever opened for the session. A gateway that can't be asked is no error: the
 * payment is pending.
 *
 * @param sync how the gateway is asked where not at once
 */
export async function paymentOfSession(
  container: MedusaContainer,
  sessionId: string,
  sync?: SyncOrder
): Promise<PaymentOfSession | undefined> {
  const orders = await journalOf(container).ordersOfSession(sessionId)
  const [newest] = orders
  const gateway = newest && gatewayContextOf(container, newest.provider_id)
  if (!newest || !gateway) {
    return undefined
  }
  const { context } = gateway
  const session = await sessionRow(container, sessionId)
  if (!session) {
    return await paymentOfGoneSession(container, context, { newest, wanted: orders }, sync)
  }
  const wanted = orders.filter((order) => isWantedBy(context, session, order))
  const answer = await paymentStatus(context, { newest, wanted }, false, sync)
  const asked = await heldAgainstCart(container, context, answer, session)
  const state = asked.decision.type
  const todo = await bookingFor(container, context, asked, session)
  await noteOnSession(container, session, state)
  return { state, todo, session }
}

/** What was paid under a session that is gone pays for its cart where it is exactly what the cart needs. */
async function paymentOfGoneSession(
  container: MedusaContainer,
  context: GatewayContext,
  orders: OrdersOfPayment,
  sync: SyncOrder | undefined
): Promise<PaymentOfSession | undefined> {
  const asked = await paymentStatus(context, orders, false, sync)
  const adopted = await adoptPayment(container, context, asked)
  if (adopted) {
    return await paymentOfSession(container, sessionOf(adopted), sync)
  }
  const isPaid = asked.decision.type === "paid" || asked.decision.type === "authorized"
  return { state: isPaid ? "mismatch" : asked.decision.type, todo: null }
}
