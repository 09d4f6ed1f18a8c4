import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayCapabilities } from "../../providers/base/gateway"

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
export const dayMs = 24 * hour

/** After each check that told nothing final, in milliseconds; the first comes 30 seconds after the opening. */
const delays = [2 * minute, 5 * minute, 15 * minute, hour]

/**
 * For a gateway that does not say how long its orders can still change.
 * Assumption: no vendor page names such a limit; two weeks are longer than any bank or operator keeps one open.
 */
const defaultSettlingDays = 14

/** A gateway takes some time to tell of what was paid in the last moment, in milliseconds. */
const graceMs = 10 * minute

export type Checked = {
  /** Since when there is something to ask about. */
  created_at: Date
  /** How often it was asked about, this time included. */
  checks: number
}

/** An order that a shopper can pay. */
export type PayableOrder = Checked & Partial<Pick<GatewayOrder, "expires_at">>

/** What a gateway declares of how long its orders change and how it tells of them. */
export type Timing = Pick<GatewayCapabilities, "settlesWithinDays" | "payable"> &
  Partial<Pick<GatewayCapabilities, "webhooks">>

/** Until when the gateway can still change it. */
export function settledBy(
  { created_at }: Pick<Checked, "created_at">,
  settlesWithinDays = defaultSettlingDays
): Date {
  return new Date(created_at.getTime() + settlesWithinDays * dayMs)
}

/** Until when a shopper can pay the order; null for ever, undefined where nobody says. */
export function payableUntil(
  { created_at, expires_at }: Pick<PayableOrder, "created_at" | "expires_at">,
  { payable }: Timing
): Date | null | undefined {
  if (payable === "without_end") {
    return null
  }
  return expires_at ?? (payable && new Date(created_at.getTime() + payable.hours * hour))
}

/** Whether a shopper can pay the order at this moment, as far as anybody says. */
export function canBePaid(order: PayableOrder, timing: Timing, now: Date): boolean {
  const until = payableUntil(order, timing)
  return until === null || until === undefined || now < until
}

/** When the gateway has told of the last payment that could be made; null where none is the last or nobody says. */
export function endOf(order: PayableOrder, timing: Timing): Date | null {
  const until = payableUntil(order, timing)
  return until ? new Date(until.getTime() + graceMs) : null
}

/**
 * When to ask again about an order that is not paid, so that the gateway's own way of telling is made up for:
 * - where it sends no messages, asking is how a payment is found: about every eighth of the order's age, and each
 *   minute at the most often, for as long as it can be paid
 * - else dense at first, then daily
 * - a link that has no end is never given up; after its first weeks it is asked about every quarter of its age
 *
 * Null where its time is over.
 */
export function nextCheck(order: PayableOrder, timing: Timing, now: Date): Date | null {
  const age = now.getTime() - order.created_at.getTime()
  const end = endOf(order, timing)
  const isFoundByAsking = timing.webhooks === "none" && end !== null && now < end
  const delay = isFoundByAsking
    ? Math.max(minute, age / 8)
    : (delays[order.checks - 1] ?? laterPause(age))
  return within(delay, lastCheck(order, timing), now)
}

/** A gateway that was away for hours is asked within one: what was paid before must not wait for a day. */
export function nextTry(order: PayableOrder, timing: Timing, now: Date): Date | null {
  const age = now.getTime() - order.created_at.getTime()
  const longest = age < dayMs ? hour : laterPause(age)
  return within(
    Math.min(delays[order.checks - 1] ?? longest, longest),
    lastCheck(order, timing),
    now
  )
}

/** The same for a move of money whose answer never came. */
export function nextTryOfMove(checked: Checked, timing: Timing, now: Date): Date | null {
  const { settlesWithinDays } = timing
  return nextTry(checked, { settlesWithinDays }, now)
}

/** A day from now; the last look is at the very end of what the gateway can settle. */
export function nextDay(order: PayableOrder, timing: Timing, now: Date): Date | null {
  return within(dayMs, lastCheck(order, timing), now)
}

function laterPause(age: number): number {
  return age < defaultSettlingDays * dayMs ? dayMs : age / 4
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

function within(delay: number, until: Date | null, now: Date): Date | null {
  const next = now.getTime() + delay
  if (until === null) {
    return new Date(next)
  }
  return now >= until ? null : new Date(Math.min(next, until.getTime()))
}
