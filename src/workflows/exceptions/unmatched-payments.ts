import type { MedusaContainer } from "@medusajs/framework/types"
import { type DecimalString, decimal } from "../../gateways/shared/money"
import { systemActor } from "../../shared/audit-line"
import type { GatewayOrder, ReceivedMoney } from "../../modules/payment-journal/gateway-order"
import type {
  ExceptionKind,
  PaymentException,
} from "../../modules/payment-journal/repositories/exceptions"
import { sumOfDone } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { whyNoRefund } from "../../providers/base/refund-exception"
import { type SyncedOrder, decisionOfJournal } from "../../providers/base/sync-order"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { failureMessages } from "../../shared/errors"
import { ownPaymentById } from "../medusa-payments"
import { type SessionBooking } from "../medusa-reads"
import { completionFailure, type WorkflowFailure } from "../payments/cart-completion"
import { isHeldMoney, listException, announceException, exceptionsOf } from "./announce-exception"
import { readBookingState, type OrderBooking } from "./booking-state"
import { matchReceivedMoney, type MoneyDecision } from "./match-received-money"
import { listRefundDue } from "./canceled-order-refunds"
import { refundExceptionWorkflow } from "./resolve-exception"

/**
 * Matches the money that came for a payment to an order of the shop's. Lists and announces what no order stands for as
 * a payment exception, and closes the exceptions that are matched, or given back, by now.
 *
 * @returns the ids of what was found now for the first time
 */
export async function matchOrListPayment(
  container: MedusaContainer,
  context: GatewayContext,
  { order, decision, received: known }: SyncedOrder,
  { isGivenUp = false, reason, found }: MatchOptions = {}
): Promise<string[]> {
  const received = known ?? (await context.journal.moneyOfOrder(order.reference))
  const isOver = decision.type === "refunded" || decision.type === "chargeback"
  if (received.length === 0 && !isOver) {
    return [] // as with most orders that are asked about: nothing more is looked up for them
  }
  const booking = await readBookingState(container, context, order, found)
  const matchWith = (refunded: DecimalString) =>
    matchReceivedMoney({
      order,
      decision,
      received,
      refunded,
      bookingState: booking.bookingState,
      total: booking.total,
      isGivenUp,
      now: new Date(),
    })
  const kept = matchWith(decimal("0"))
  // What was given back matters only of money that no order stands for.
  const match = kept.type === "unmatched" ? matchWith(await refundedOf(context, order)) : kept
  return await applyMatch(container, context, { order, received, booking, match, reason })
}

type MatchOptions = {
  /** Medusa was asked to make the order as often as it is asked, or it is of no use to ask again. */
  isGivenUp?: boolean
  /**
   * Why the order could not be made, for the person who reads of it; nothing personal. Kept as a line of the entry's
   * audit, once for each reason, whoever listed the entry. To be given under the lease of the payment alone.
   */
  reason?: string
  /** What was just read of the payment's session, if anything was. */
  found?: SessionBooking
}

async function refundedOf(
  { journal }: GatewayContext,
  { reference }: GatewayOrder
): Promise<DecimalString> {
  return sumOfDone(await journal.operationsOfOrder(reference, "refund"), "refund")
}

/** `matchOrListPayment` by what the journal holds, without asking the gateway; nothing while it holds no final state. */
export async function matchOrListKnownPayment(
  container: MedusaContainer,
  context: GatewayContext,
  reference: string,
  isGivenUp = false,
  reason?: string
): Promise<string[]> {
  const order = await context.journal.findOrder(reference)
  const decision = order && decisionOfJournal(order)
  return decision
    ? await matchOrListPayment(container, context, { order, decision }, { isGivenUp, reason })
    : []
}

type MatchedMoney = {
  order: GatewayOrder
  received: readonly ReceivedMoney[]
  booking: OrderBooking
  match: MoneyDecision
  reason: string | undefined
}

async function applyMatch(
  container: MedusaContainer,
  context: GatewayContext,
  { order, received, booking, match, reason }: MatchedMoney
): Promise<string[]> {
  switch (match.type) {
    case "nothing":
      return []
    case "matched":
      await closeByItself(container, order, "An order of the shop stands for it by now")
      await listRefundOfCanceledOrder(container, booking)
      return []
    case "given_back":
      await closeByItself(container, order, "The money was given back", "refunded")
      return []
    case "unmatched": {
      const { kind, amount, currency } = match
      const { payment, isNew } = await listException(container, order, {
        kind,
        gateway_id: gatewayIdOf(order, received),
        amount,
        currency_code: currency,
        received_amount: match.received,
        expected_amount: booking.total?.amount ?? order.amount,
        expected_currency_code: booking.total?.currency_code ?? order.currency_code,
        session_id: order.session_id,
        order_id: booking.order_id,
        payment_id: booking.payment_id,
      })
      await closeByItself(container, order, `It is ${kind} by now`, "closed", payment.id)
      if (reason) {
        await noteReason(container, payment, reason)
      }
      if (isNew) {
        await announceException(container, context, payment, reason)
        await refundByItself(container, context, order, payment)
      }
      return isNew ? [payment.id] : []
    }
  }
}

/** Where the gateway has no number for the payment, the journal holds our reference in its place. */
function gatewayIdOf(order: GatewayOrder, received: readonly ReceivedMoney[]): string | null {
  const [own] = received.filter(({ gateway_id }) => gateway_id !== order.reference)
  return own?.gateway_id ?? order.gateway_id
}

/** What listed the entry first may not have known why: a message that was worked on, or a server that died. */
async function noteReason(
  container: MedusaContainer,
  { id, state }: PaymentException,
  reason: string
): Promise<void> {
  const exceptions = exceptionsOf(container)
  const line = { actor: systemActor, action: "order not made", note: reason }
  const isNoted = (await exceptions.linesOf(id)).some(
    ({ action, note }) => action === line.action && note === line.note
  )
  if (state === "open" && !isNoted) {
    await exceptions.addLine(id, line)
  }
}

/** An order can be canceled before its money comes: a pay code that was paid too late. */
async function listRefundOfCanceledOrder(
  container: MedusaContainer,
  { payment_id, isOrderCanceled }: OrderBooking
): Promise<void> {
  const own =
    payment_id && isOrderCanceled ? await ownPaymentById(container, payment_id) : undefined
  if (own) {
    await listRefundDue(container, own)
  }
}

/** Kinds that are not settled by what came, and only by what is given back. */
const toBeGivenBack: readonly ExceptionKind[] = ["refund_due", "refund_failed"]

/** A refund that is due is not settled by what came. */
async function closeByItself(
  container: MedusaContainer,
  { reference }: GatewayOrder,
  note: string,
  state: "closed" | "refunded" = "closed",
  except?: string
): Promise<void> {
  const exceptions = exceptionsOf(container)
  for (const { id, kind } of await exceptions.openOf(reference)) {
    if (id !== except && (!toBeGivenBack.includes(kind) || state === "refunded")) {
      await exceptions.settle(id, { state }, { actor: systemActor, action: state, note })
    }
  }
}

/**
 * Gives what was found back where the shop asks for it and the gateway can. Only once: what fails, or has
 * no known outcome, waits for a person.
 */
async function refundByItself(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  found: PaymentException
): Promise<void> {
  const options = gatewayContextOf(container, found.provider_id)?.options
  // Of what was neither a cart's nor an order's, the shop's own code alone knows what it is for.
  const isKnown = found.cart_id !== null || found.order_id !== null
  const isWanted = options?.refundUnmatched === true && isKnown && isHeldMoney(found)
  if (!isWanted || whyNoRefund(context, order, found)) {
    return
  }
  const note = "The shop's option refundUnmatched"
  const { errors } = await refundExceptionWorkflow(container).run({
    input: { id: found.id, actor: systemActor, note },
    throwOnError: false,
  })
  if (errors.length > 0) {
    const reason = failureMessages(errors)
    context.log.warn(
      `${context.gateway.title}: payment exception ${found.id} was not given back by itself: ${reason}`
    )
  }
}

/**
 * Lists what was paid under a session and could not be made an order, where only a person can settle it: it is sold
 * out, it has no delivery, its variant was deleted, or Medusa released the session when it failed to give the money
 * back, so that no try can make the order. What can be tried again is, and is closed by itself where that succeeds.
 *
 * @param failures what Medusa passed over when it had booked the payment
 */
export async function listFailedCompletion(
  container: MedusaContainer,
  sessionId: string,
  failures: readonly WorkflowFailure[]
): Promise<void> {
  const failure = completionFailure(failures)
  if (!failure) {
    return
  }
  for (const { provider_id, reference } of await journalOf(container).ordersOfSession(sessionId)) {
    const context = gatewayContextOf(container, provider_id)?.context
    if (context) {
      await matchOrListKnownPayment(container, context, reference, failure.isFinal, failure.reason)
    }
  }
}

/** Longer than it takes from the entry to the news of it, in milliseconds. */
const atWorkMs = 60_000

const batch = 50

/** Announces the exceptions that a server listed and did not announce before it died. */
export async function announceUnannounced(
  container: MedusaContainer,
  context: GatewayContext,
  providerId: string
): Promise<void> {
  const before = new Date(Date.now() - atWorkMs)
  for (const found of await exceptionsOf(container).untold(providerId, before, batch)) {
    await announceException(container, context, found)
    const order = await context.journal.findOrder(found.reference)
    if (order && found.kind !== "refund_due" && found.kind !== "refund_failed") {
      await refundByItself(container, context, order, found)
    }
  }
}
