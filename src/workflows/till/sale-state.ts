import type { OperationState } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import type { TillSale } from "../../modules/payment-journal/repositories/till-sales"

/**
 * Where a sale at the till stands:
 * - `waiting_for_code`: nothing was charged; the seller scans the shopper's code
 * - `charging`: the code is on its way to the gateway, or the shopper is typing a password
 * - `unknown`: it was sent, and nobody knows whether the shopper paid: the gateway is asked, and nothing is sent again
 * - `declined`: it surely was not charged; another code can be scanned
 * - `mismatch`: money came that is not what was ordered; a person has to settle it
 * - `refunded`: it was paid, and all of it was given back or taken back by a chargeback, before the order was placed
 * - `paid`: proved, and the order is not placed yet
 * - `done`: paid, and the order is placed
 * - `nothing_due`: the order was paid otherwise, canceled or deleted in the meantime
 * - `canceled`: ended; nothing that was paid by this sale is kept for it, and nothing more will be
 */
export const saleStates = [
  "waiting_for_code",
  "charging",
  "unknown",
  "declined",
  "mismatch",
  "refunded",
  "paid",
  "done",
  "nothing_due",
  "canceled",
] as const

export type SaleState = (typeof saleStates)[number]

export type SaleFacts = {
  row: TillSale["state"]
  /** Whether something is due on Medusa's order by now. */
  isDue: boolean
  /** The payment of the last code; null where none was scanned, or the last one was set aside. */
  attempt: AttemptFacts | null
}

export type AttemptFacts = {
  /** Of the order at the gateway. */
  state: GatewayOrderState
  /** Whether the gateway proved to have received anything. */
  hasMoney: boolean
  /** Whether a person, or the shop, has settled all that was listed about that money. */
  isSettled: boolean
  /** Null while nothing was sent. */
  charge: { state: OperationState; begunAt: Date; leaseExpiresAt: Date } | null
}

/** What is concluded of all that is known of a sale, and what can be done about it now. */
export type SaleDecision = {
  state: SaleState
  canCharge: boolean
  canCancel: boolean
  /** Whether a person who sees no payment on the shopper's phone may set the last code aside. */
  canSetAside: boolean
}

/**
 * Assumption: a code of WeChat Pay or Alipay pays for about a minute, and the call to KESS and the questions after it
 * take no longer. Whoever looks at the shopper's phone after that sees whether it was paid.
 */
export const codeLifeMs = 60_000

export function decideSale(facts: SaleFacts, now: Date): SaleDecision {
  const state = stateOf(facts, now)
  const begunAt = facts.attempt?.charge?.begunAt.getTime() ?? now.getTime()
  return {
    state,
    canCharge: state === "waiting_for_code" || state === "declined",
    canCancel: canBeCanceled(state, facts),
    canSetAside: state === "unknown" && now.getTime() >= begunAt + codeLifeMs,
  }
}

function canBeCanceled(state: SaleState, { attempt }: SaleFacts): boolean {
  switch (state) {
    case "waiting_for_code":
    case "declined":
    case "nothing_due":
    case "refunded":
      return true
    case "mismatch":
      return attempt?.isSettled === true
    case "charging":
    case "unknown":
    case "paid":
    case "done":
    case "canceled":
      return false
  }
}

function stateOf({ row, isDue, attempt }: SaleFacts, now: Date): SaleState {
  if (row !== "open") {
    return row
  }
  const ofAttempt = attempt && stateOfAttempt(attempt, now)
  if (ofAttempt) {
    return ofAttempt
  }
  const unpaid = attempt?.charge ? "declined" : "waiting_for_code"
  return isDue ? unpaid : "nothing_due"
}

/** Undefined where the attempt holds no money and never will. */
function stateOfAttempt(
  { state, hasMoney, charge }: AttemptFacts,
  now: Date
): SaleState | undefined {
  switch (state) {
    case "paid":
    case "authorized":
      return "paid"
    case "refunded":
    case "chargeback":
      return "refunded"
    case "opening":
    case "open":
    case "refused":
    case "failed":
    case "expired":
    case "canceled":
      break
  }
  if (hasMoney) {
    return "mismatch"
  }
  if (!charge || charge.state === "declined") {
    return undefined
  }
  const isUnderWay = charge.state === "intended" && now < charge.leaseExpiresAt
  return isUnderWay ? "charging" : "unknown"
}
