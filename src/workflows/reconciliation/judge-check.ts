import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { RunCounts } from "../../modules/payment-journal/reconciliation-run"
import type { GatewayCapabilities } from "../../providers/base/gateway"
import type { MoveFinding } from "../../providers/base/operation"
import type { PaymentState } from "../payment/payment-of-session"
import {
  endOf,
  nextCheck,
  nextDay,
  nextTry,
  nextTryOfMove,
  payableUntil,
  type Checked,
  type PayableOrder,
  type Timing,
} from "./next-check"
import { reminderOf } from "./reservation-reminder"

/** What a check came to: what it counts as besides `checked`, and when to ask again. */
export type Judgement = { count: keyof RunCounts | null; next: Date | null }

/** With what went wrong, where something did. */
export type CheckOutcome = Judgement & { error?: string }

type Limits = Timing & Pick<GatewayCapabilities, "remindsOfReservationsAfterDays">

/**
 * Whether the gateway can say more of an order than the journal holds. What was paid stays paid; that the
 * shopper's bank took it back is found in the gateway's list (see walk-chargebacks.ts).
 */
export function canTellMore({ state }: Pick<GatewayOrder, "state">): boolean {
  return state !== "paid"
}

export type OrderCheck = {
  /** As it was before the gateway was asked. */
  order: GatewayOrder
  /** What the gateway said; null where there was nobody to ask. */
  state: PaymentState | null
  booking: "made_now" | "made_before" | "none"
}

/** What is to become of an order after the gateway was asked about it. */
export function judgeOrderCheck(
  { order, state, booking }: OrderCheck,
  limits: Limits,
  now: Date
): Judgement {
  switch (state) {
    case "paid":
      return { count: countOfMoney(booking), next: null }
    case "authorized":
      // Booked, it is the shop that captures or cancels it; what becomes of that is asked about by itself.
      return { count: countOfMoney(booking), next: inFuture(reminderOf(order, limits), now) }
    case "failed":
      // It can still be paid: the gateway's page stays open for another try.
      return { count: newlyFailed(order, state), next: nextCheck(order, limits, now) }
    case "expired":
    case "canceled":
      if (payableUntil(order, limits) === null) {
        // That try is over; the link can be opened for another one.
        return { count: newlyFailed(order, state), next: nextCheck(order, limits, now) }
      }
      // Once more a day later, because what was paid in the last moment can come after its end.
      return order.state === state
        ? { count: null, next: null }
        : { count: "failed", next: nextDay(order, limits, now) }
    case "refunded":
    case "chargeback":
      return { count: null, next: null }
    case "mismatch":
      return { count: "unmatched", next: nextDay(order, limits, now) }
    case "pending":
    case null:
      return unlessOver(earlier(nextCheck(order, limits, now), endOf(order, limits), now), null)
  }
}

/** The gateway could not be asked, or what was paid could not be booked. */
export function judgeFailedCheck(order: PayableOrder, limits: Limits, now: Date): Judgement {
  return unlessOver(nextTry(order, limits, now), "errors")
}

export function judgeOperationCheck(
  operation: Checked,
  finding: MoveFinding,
  limits: Limits,
  now: Date
): Judgement {
  switch (finding) {
    case "done":
      return { count: "settled", next: null }
    case "declined":
      return { count: "failed", next: null }
    case "may_repeat":
      return { count: null, next: null } // it is for whoever wished for it to wish again
    case "unknown":
      return unlessOver(nextTryOfMove(operation, limits, now), null)
  }
}

/** When an unpaid order is over, so that the shopper is told in time. */
function earlier(next: Date | null, end: Date | null, now: Date): Date | null {
  return next && end && end > now && end < next ? end : next
}

function inFuture(time: Date | null, now: Date): Date | null {
  return time && time > now ? time : null
}

function unlessOver(next: Date | null, count: Judgement["count"]): Judgement {
  return { count: next ? count : "given_up", next }
}

function countOfMoney(booking: OrderCheck["booking"]): Judgement["count"] {
  switch (booking) {
    case "made_now":
      return "settled"
    case "made_before":
      return null
    case "none":
      return "unmatched"
  }
}

function newlyFailed(
  order: GatewayOrder,
  state: "failed" | "expired" | "canceled"
): Judgement["count"] {
  return order.state === state ? null : "failed"
}
