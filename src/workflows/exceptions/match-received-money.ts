import { add, compare, decimal, isPositive, subtract } from "../../gateways/shared/money"
import type { DecimalString } from "../../gateways/shared/money"
import type { GatewayOrder, ReceivedMoney } from "../../modules/payment-journal/gateway-order"
import type { ReceivedKind } from "../../modules/payment-journal/repositories/exceptions"
import type { Decision } from "../../providers/base/evaluate-report"

/**
 * What Medusa has for an order at a gateway:
 * - `booked`: its payment, and the shop's order
 * - `uncaptured`: the same, but the gateway's own people took the money, and Medusa has it as reserved
 * - `bookable`: a payment session that it pays, and no order of the shop's yet
 * - `other_total`: the same, but the cart costs another amount by now than was paid
 * - `stranded`: its payment, and neither an order nor a session that one could be made of
 * - `other_payment`: the session, or the cart, was paid by another payment
 * - `nothing`: no session, or one that wants another amount by now
 */
export type BookingState =
  "booked" | "uncaptured" | "bookable" | "other_total" | "stranded" | "other_payment" | "nothing"

export type MoneyFacts = {
  order: Pick<GatewayOrder, "amount" | "currency_code" | "expires_at" | "session_released_at">
  decision: Decision
  /** What the gateway proved to have received for the order. */
  received: readonly Pick<ReceivedMoney, "amount" | "currency_code">[]
  /** What was given back of it. */
  refunded: DecimalString
  bookingState: BookingState
  /** What the cart costs, where that is not what was ordered at the gateway. */
  total?: { amount: string; currency_code: string }
  /** Medusa was asked to make the order as often as it is asked. */
  isGivenUp: boolean
  now: Date
}

/**
 * - `nothing`: no money came, or what becomes of it is not decided yet
 * - `matched`: an order of the shop's stands for it
 * - `given_back`: the gateway has it refunded or charged back, or as much was given back as came
 * - `unmatched`: a person has to decide about it
 */
export type MoneyDecision =
  | { type: "nothing" }
  | { type: "matched" }
  | { type: "given_back" }
  | {
      type: "unmatched"
      kind: ReceivedKind
      /** What has to be decided about; major units. */
      amount: string
      /** All that came; major units. */
      received: string
      currency: string
    }

const nothing: MoneyDecision = { type: "nothing" }

/** Says whether an order of the shop's stands for the money that came for an order at a gateway. */
export function matchReceivedMoney(facts: MoneyFacts): MoneyDecision {
  const { order, decision, received, refunded } = facts
  if (decision.type === "refunded" || decision.type === "chargeback") {
    return { type: "given_back" }
  }
  const foreign = received.find((money) => money.currency_code !== order.currency_code)
  if (foreign) {
    const sum = sumIn(foreign.currency_code, received)
    return whole("other_currency", sum, foreign.currency_code)
  }
  const sum = sumIn(order.currency_code, received)
  if (!isPositive(sum)) {
    return nothing
  }
  const found = matchSum(facts, sum)
  return found.type === "unmatched" && compare(refunded, decimal(found.received)) >= 0
    ? { type: "given_back" }
    : found
}

function matchSum(facts: MoneyFacts, sum: DecimalString): MoneyDecision {
  const { order, decision } = facts
  const ordered = decimal(order.amount)
  const isShort = compare(sum, ordered) < 0
  const unmatched = (kind: ReceivedKind) => whole(kind, sum, order.currency_code)
  switch (decision.type) {
    case "paid":
      return matchPaid(facts, sum)
    case "mismatch":
      return isShort ? unmatched("too_little") : matchEnded(facts, sum)
    case "pending":
      return isShort && isOver(facts) ? unmatched("too_little") : nothing
    case "failed":
    case "expired":
    case "canceled":
      return isShort ? unmatched("too_little") : nothing
    case "authorized": // reserved and not taken: it lapses by itself
    case "refunded":
    case "chargeback":
      return nothing
  }
}

function matchPaid(facts: MoneyFacts, sum: DecimalString): MoneyDecision {
  const { order, bookingState, isGivenUp } = facts
  const surplus = subtract(sum, decimal(order.amount))
  switch (bookingState) {
    case "booked":
      return isPositive(surplus) ? tooMuch(order, surplus, sum) : { type: "matched" }
    case "uncaptured":
      return whole("capture_not_booked", sum, order.currency_code)
    case "bookable":
      return isGivenUp ? whole("order_not_made", sum, order.currency_code) : nothing
    case "other_total":
      return whole(kindOfTotal(facts), sum, order.currency_code)
    case "stranded":
      return whole("order_not_made", sum, order.currency_code)
    case "other_payment":
      return whole("paid_twice", sum, order.currency_code)
    case "nothing":
      return whole("session_gone", sum, order.currency_code)
  }
}

function kindOfTotal({ order, total }: MoneyFacts): ReceivedKind {
  if (!total || total.currency_code !== order.currency_code) {
    return "other_currency"
  }
  return compare(decimal(order.amount), decimal(total.amount)) < 0 ? "too_little" : "too_much"
}

/** Money that was counted for another order is that order's: what is left as ordered needs no person. */
function matchEnded({ order }: MoneyFacts, sum: DecimalString): MoneyDecision {
  const isMore = isPositive(subtract(sum, decimal(order.amount)))
  return isMore ? tooMuch(order, sum, sum) : nothing
}

/** No more is to be expected: the time is over, or Medusa has released the session that it was for. */
function isOver({ order, bookingState, now }: MoneyFacts): boolean {
  const isLate = order.expires_at !== null && order.expires_at < now
  const canBePaid = bookingState === "bookable" || bookingState === "other_total"
  return isLate || order.session_released_at !== null || !canBePaid
}

function tooMuch(
  order: MoneyFacts["order"],
  amount: DecimalString,
  received: DecimalString
): MoneyDecision {
  return { type: "unmatched", kind: "too_much", amount, received, currency: order.currency_code }
}

function whole(kind: ReceivedKind, sum: DecimalString, currency: string): MoneyDecision {
  return { type: "unmatched", kind, amount: sum, received: sum, currency }
}

function sumIn(
  currency: string,
  received: readonly Pick<ReceivedMoney, "amount" | "currency_code">[]
): DecimalString {
  return received
    .filter(({ currency_code }) => currency_code === currency)
    .reduce((sum, { amount }) => add(sum, decimal(amount)), decimal("0"))
}
