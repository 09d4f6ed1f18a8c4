import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { RunCounts } from "../../modules/payment-journal/repositories/runs"
import type { GatewayCapabilities } from "../../providers/base/gateway"
import type { FoundOutcome } from "../../providers/base/run-operation"
import type { PaymentState } from "../payments/settle-payment"

/** What a check came to: what it counts as besides `checked`, and when to ask again. */
export type CheckDecision = { count: keyof RunCounts | null; next: Date | null }

/** With what went wrong, where something did. */
export type CheckOutcome = CheckDecision & { error?: string }

type Limits = Timing & Pick<GatewayCapabilities, "remindsOfReservationsAfterDays">

/**
 * Whether the gateway can say more of an order than the journal holds. What was paid stays paid; that the
 * shopper's bank took it back is found in the gateway's list (see chargebacks.ts).
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
export function decideOrderCheck(
  { order, state, booking }: OrderCheck,
  limits: Limits,
  now: Date
): CheckDecision {
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
export function decideFailedCheck(order: PayableOrder, limits: Limits, now: Date): CheckDecision {
  return unlessOver(nextTry(order, limits, now), "errors")
}

export function decideOperationCheck(
  operation: Checked,
  finding: FoundOutcome,
  limits: Limits,
  now: Date
): CheckDecision {
  switch (finding) {
    case "done":
      return { count: "settled", next: null }
    case "declined":
      return { count: "failed", next: null }
    case "may_repeat":
      return { count: null, next: null } // it is for whoever asked for it to request again
    case "unknown":
      return unlessOver(nextTryOfOperation(operation, limits, now), null)
  }
}

function countOfMoney(booking: OrderCheck["booking"]): CheckDecision["count"] {
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
): CheckDecision["count"] {
  return order.state === state ? null : "failed"
}

function unlessOver(next: Date | null, count: CheckDecision["count"]): CheckDecision {
  return { count: next ? count : "given_up", next }
}

/** When an unpaid order is over, so that the shopper is told in time. */
function earlier(next: Date | null, end: Date | null, now: Date): Date | null {
  return next && end && end > now && end < next ? end : next
}

function inFuture(time: Date | null, now: Date): Date | null {
  return time && time > now ? time : null
}

const second = 1_000

const minute = 60 * second

const hour = 60 * minute

export const dayMs = 24 * hour

type Checked = {
  /** Since when there is something to ask about. */
  created_at: Date
  /** How often it was asked about, this time included. */
  checks: number
}

/** An order that a shopper can pay. */
type PayableOrder = Checked & Partial<Pick<GatewayOrder, "expires_at">>

/** What a gateway declares of how long its orders change and how it tells of them. */
type Timing = Pick<GatewayCapabilities, "settlesWithinDays" | "payable"> &
  Partial<Pick<GatewayCapabilities, "webhooks">>

/** After each check that told nothing final, in milliseconds; the first comes 30 seconds after the opening. */
const delays = [2 * minute, 5 * minute, 15 * minute, hour]

/**
 * When to ask again about an order that is not paid, so that the gateway's own way of telling is made up for:
 * - where it sends no messages, asking is how a payment is found: about every eighth of the order's age, and each
 *   minute at the most often, for as long as it can be paid
 * - else dense at first, then daily
 * - a link that has no end is never given up; after its first weeks it is asked about every quarter of its age
 *
 * Null where its time is over.
 */
function nextCheck(order: PayableOrder, timing: Timing, now: Date): Date | null {
  const age = now.getTime() - order.created_at.getTime()
  const end = endOf(order, timing)
  const isFoundByAsking = timing.webhooks === "none" && end !== null && now < end
  const delay = isFoundByAsking
    ? Math.max(minute, age / 8)
    : (delays[order.checks - 1] ?? laterPause(age))
  return within(delay, lastCheck(order, timing), now)
}

function laterPause(age: number): number {
  return age < defaultSettlingDays * dayMs ? dayMs : age / 4
}

/** A gateway that was away for hours is asked within one: what was paid before must not wait for a day. */
function nextTry(order: PayableOrder, timing: Timing, now: Date): Date | null {
  const age = now.getTime() - order.created_at.getTime()
  const longest = age < dayMs ? hour : laterPause(age)
  return within(
    Math.min(delays[order.checks - 1] ?? longest, longest),
    lastCheck(order, timing),
    now
  )
}

/** The same for an operation whose answer never came. */
function nextTryOfOperation(checked: Checked, timing: Timing, now: Date): Date | null {
  const { settlesWithinDays } = timing
  return nextTry(checked, { settlesWithinDays }, now)
}

/** A day from now; the last look is at the very end of what the gateway can settle. */
function nextDay(order: PayableOrder, timing: Timing, now: Date): Date | null {
  return within(dayMs, lastCheck(order, timing), now)
}

function within(delay: number, until: Date | null, now: Date): Date | null {
  const next = now.getTime() + delay
  if (until === null) {
    return new Date(next)
  }
  return now >= until ? null : new Date(Math.min(next, until.getTime()))
}

/** Null for ever. What was paid in the last moment can come after its end: a day more. */
function lastCheck(order: PayableOrder, timing: Timing): Date | null {
  const until = payableUntil(order, timing)
  const settled = settledBy(order, timing.settlesWithinDays)
  if (until === null) {
    return null
  }
  const late = new Date((until?.getTime() ?? 0) + dayMs)
  return late > settled ? late : settled
}

/**
 * For a gateway that does not say how long its orders can still change.
 * Assumption: no vendor page names such a limit; two weeks are longer than any bank or operator keeps one open.
 */
const defaultSettlingDays = 14

/** Until when the gateway can still change it. */
export function settledBy(
  { created_at }: Pick<Checked, "created_at">,
  settlesWithinDays = defaultSettlingDays
): Date {
  return new Date(created_at.getTime() + settlesWithinDays * dayMs)
}

/** Whether a shopper can pay the order at this moment, as far as anybody says. */
export function canBePaid(order: PayableOrder, timing: Timing, now: Date): boolean {
  const until = payableUntil(order, timing)
  return until === null || until === undefined || now < until
}

/** Until when a shopper can pay the order; null for ever, undefined where nobody says. */
function payableUntil(
  { created_at, expires_at }: Pick<PayableOrder, "created_at" | "expires_at">,
  { payable }: Timing
): Date | null | undefined {
  if (payable === "without_end") {
    return null
  }
  return expires_at ?? (payable && new Date(created_at.getTime() + payable.hours * hour))
}

/** A gateway takes some time to tell of what was paid in the last moment, in milliseconds. */
const graceMs = 10 * minute

/** When the gateway has told of the last payment that could be made; null where none is the last or nobody says. */
function endOf(order: PayableOrder, timing: Timing): Date | null {
  const until = payableUntil(order, timing)
  return until ? new Date(until.getTime() + graceMs) : null
}

type ReminderLimits = Pick<GatewayCapabilities, "remindsOfReservationsAfterDays">

/** When to tell of money that is only reserved; null where its gateway's reservations don't lapse. */
export function reminderOf(
  { created_at }: Pick<GatewayOrder, "created_at">,
  { remindsOfReservationsAfterDays: days }: ReminderLimits
): Date | null {
  return days === undefined ? null : new Date(created_at.getTime() + days * dayMs)
}
