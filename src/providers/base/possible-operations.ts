/**
 * What a gateway can do with a payment right now, decided purely from its capabilities and the journal, before anything
 * is sent. What is sent is held to the same rules (refund.ts, capture.ts, cancel.ts), and what is under way is looked at
 * once more under a lock (`decideOperation`).
 */
import {
  add,
  compare,
  decimal,
  type DecimalString,
  fixedAt,
  isPositive,
  isZero,
  subtract,
} from "../../gateways/shared/money"
import { unsettledOf } from "../../modules/payment-journal/may-operation-begin"
import type { CheckedKind, GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sumOfDone, takenAmount } from "./amounts"
import type { PaymentGateway } from "./gateway"
import { orderDecimals } from "./order-details"

type GatewayRules = Pick<PaymentGateway, "capabilities" | "decimals">

/** All that the decision is made of. */
export type PaymentFacts = {
  gateway: GatewayRules
  order: GatewayOrder
  /** All operations of the order, oldest first. */
  operations: readonly GatewayOperation[]
}

/**
 * How much of an operation is possible; amounts in major units, at the gateway's decimals:
 * - `part`: any amount up to this one
 * - `whole`: this amount, no less and no more
 * - `repeat`: this amount alone, because the outcome of the same operation is not known: it is asked about first and
 *   not sent twice
 * - `none`: with the reason
 */
export type Possible =
  | { extent: "part" | "whole"; amount: string }
  | { extent: "repeat"; amount: string; operation: GatewayOperation }
  | {
      extent: "none"
      reason: NotPossible
      /** The one that is in the way. */
      operation?: GatewayOperation
    }

/**
 * - `no_refunds`, `no_voids`, `automatic_capture`: the gateway has no such operation
 * - `not_paid`, `not_reserved`: there is no money to move
 * - `refunded_at_gateway`: all was given back at the gateway itself
 * - `all_refunded`, `all_captured`: nothing is left
 * - `rest_elsewhere`: a part was given back another way, and the gateway refunds a payment as a whole alone
 * - `refunded_once`, `captured_once`: the gateway does it once, and did
 * - `captured_at_gateway`: the gateway's own people took the money
 * - `under_way`: another server is at work on an operation of the order
 * - `blocked`: the outcome of another operation has to be known first
 */
export const notPossibleReasons = [
  "no_refunds",
  "no_voids",
  "automatic_capture",
  "not_paid",
  "not_reserved",
  "refunded_at_gateway",
  "all_refunded",
  "all_captured",
  "rest_elsewhere",
  "refunded_once",
  "captured_once",
  "captured_at_gateway",
  "under_way",
  "blocked",
] as const

export type NotPossible = (typeof notPossibleReasons)[number]

/** @param now by which an operation's lease is over or not */
export function possibleRefund(facts: PaymentFacts, now: Date): Possible {
  return besides(facts, "refund", refundRule(facts), now)
}

export function possibleCapture(facts: PaymentFacts, now: Date): Possible {
  return besides(facts, "capture", captureRule(facts), now)
}

/** Medusa voids a payment when its order is canceled. */
export function possibleVoid(facts: PaymentFacts, now: Date): Possible {
  return besides(facts, "void", voidRule(facts), now)
}

/** What the gateway's own rules leave, whatever else is under way on the order. */
export type Rule = Exclude<Possible, { extent: "repeat" }>

/** Refusals that no operation which is under way can change: there is nothing that could be asked about. */
const fixedReasons: readonly NotPossible[] = [
  "no_refunds",
  "no_voids",
  "automatic_capture",
  "not_paid",
  "not_reserved",
  "refunded_at_gateway",
  "captured_at_gateway",
]

/** As `decideOperation` has it: while one operation of an order has not ended, nobody knows how much is left. */
function besides(facts: PaymentFacts, kind: CheckedKind, rule: Rule, now: Date): Possible {
  if (isFixed(rule)) {
    return rule
  }
  const operation = unsettledOf(facts.operations, facts.order.reference)
  if (!operation) {
    return rule
  }
  if (operation.lease_expires_at > now) {
    return { extent: "none", reason: "under_way", operation }
  }
  // Money of an exception is given back from the list of exceptions alone.
  const isOwn = operation.kind === kind && operation.exception_id === null
  return isOwn
    ? { extent: "repeat", amount: operation.amount, operation }
    : { extent: "none", reason: "blocked", operation }
}

function isFixed(rule: Rule): boolean {
  return rule.extent === "none" && fixedReasons.includes(rule.reason)
}

export function refundRule({ gateway, order, operations }: PaymentFacts): Rule {
  const can = gateway.capabilities.refund
  if (can === "none") {
    return none("no_refunds")
  }
  if (order.state !== "paid" && order.state !== "refunded") {
    return none("not_paid")
  }
  const { taken, refunded } = refundSums({ gateway, order, operations })
  if (order.state === "refunded" && isZero(refunded)) {
    return none("refunded_at_gateway")
  }
  const left = subtract(decimal(taken), refunded)
  if (!isPositive(left)) {
    return none("all_refunded")
  }
  switch (can) {
    case "full":
      return isZero(refunded) ? { extent: "whole", amount: taken } : none("rest_elsewhere")
    case "single_partial":
      return isZero(refundedByGateway(operations))
        ? part(gateway, order, left)
        : none("refunded_once")
    case "multiple_partial":
      return part(gateway, order, left)
  }
}

/** What was taken of an order, and what of it was given back, through the gateway or elsewhere. */
export function refundSums({ gateway, order, operations }: PaymentFacts): {
  taken: string
  refunded: DecimalString
} {
  return {
    taken: takenAmount(gateway, order, operations),
    refunded: sumOfDone(operations, "refund"),
  }
}

function refundedByGateway(operations: readonly GatewayOperation[]): DecimalString {
  return sumOfDone(
    operations.filter(({ made_elsewhere }) => !made_elsewhere),
    "refund"
  )
}

export function captureRule({ gateway, order, operations }: PaymentFacts): Rule {
  const can = gateway.capabilities.capture
  if (can === "automatic") {
    return none("automatic_capture")
  }
  if (order.state !== "authorized" && order.state !== "paid") {
    return none("not_reserved")
  }
  if (isCapturedElsewhere(order, operations)) {
    return none("captured_at_gateway")
  }
  const captured = sumOfDone(operations, "capture")
  const left = subtract(decimal(order.amount), captured)
  if (!isPositive(left)) {
    return none("all_captured")
  }
  switch (can) {
    case "full":
      return { extent: "whole", amount: order.amount }
    case "single_partial":
      return isZero(captured) ? part(gateway, order, left) : none("captured_once")
    case "multiple_partial":
      return part(gateway, order, left)
  }
}

/** The money was taken, and by no capture that was begun here: the gateway's own people took it. */
export function isCapturedElsewhere(
  { state }: Pick<GatewayOrder, "state">,
  operations: readonly Pick<GatewayOperation, "kind" | "state">[]
): boolean {
  const isTaken = state === "paid" || state === "refunded" || state === "chargeback"
  return (
    isTaken && operations.every(({ kind, state }) => kind !== "capture" || state === "declined")
  )
}

export function voidRule({ gateway, order }: Pick<PaymentFacts, "gateway" | "order">): Rule {
  if (order.state !== "authorized") {
    return none("not_reserved")
  }
  return gateway.capabilities.voids ? { extent: "whole", amount: order.amount } : none("no_voids")
}

/**
 * The amounts of refunds that Medusa can book without anything being sent: they were recorded as made elsewhere, or were
 * made and Medusa lost its own row for them.
 *
 * @param existing which of the operations' rows Medusa still has
 */
export function bookableRefunds(facts: PaymentFacts, existing: ReadonlySet<string>): string[] {
  const isRefused = isFixed(refundRule(facts))
  return bookable(facts, "refund", existing)
    .filter(({ made_elsewhere }) => made_elsewhere || !isRefused)
    .map(({ amount }) => amount)
}

/** The same for captures; with what was captured at the gateway itself. */
export function bookableCaptures(facts: PaymentFacts, existing: ReadonlySet<string>): string[] {
  const rule = captureRule(facts)
  if (rule.extent === "none" && rule.reason === "captured_at_gateway") {
    return [facts.order.amount]
  }
  return isFixed(rule) ? [] : bookable(facts, "capture", existing).map(({ amount }) => amount)
}

function bookable(
  { order, operations }: PaymentFacts,
  kind: CheckedKind,
  existing: ReadonlySet<string>
): GatewayOperation[] {
  const isBlocked = unsettledOf(operations, order.reference) !== undefined
  return operations
    .filter((operation) => operation.kind === kind && operation.state === "done")
    .filter(({ exception_id }) => exception_id === null)
    .filter(({ medusa_id, made_elsewhere }) =>
      medusa_id === null ? made_elsewhere : !isBlocked && !existing.has(medusa_id)
    )
}

/** Whether an amount is within what is possible. */
export function isWithin(possible: Possible, amount: string): boolean {
  switch (possible.extent) {
    case "none":
      return false
    case "part":
      return compare(decimal(amount), decimal(possible.amount)) <= 0
    case "whole":
    case "repeat":
      return compare(decimal(amount), decimal(possible.amount)) === 0
  }
}

/**
 * The most that all operations of a kind may add up to in the journal, so that of two at once one begins. Where only one
 * operation is made, its own amount is the limit: afterwards nothing is left, whatever its amount was.
 */
export function journalLimit(
  rule: Rule,
  {
    isOnce,
    all,
    done,
    wanted,
  }: { isOnce: boolean; all: string; done: DecimalString; wanted: string }
): string {
  const isTooMuch = compare(decimal(wanted), decimal(all)) > 0
  if (!isOnce || isTooMuch) {
    return all
  }
  if (rule.extent === "none") {
    return done
  }
  return isWithin(rule, wanted) ? add(done, decimal(wanted)) : all
}

function part(gateway: GatewayRules, order: GatewayOrder, left: DecimalString): Rule {
  return { extent: "part", amount: fixedAt(left, orderDecimals(gateway, order)) }
}

function none(reason: NotPossible): Rule {
  return { extent: "none", reason }
}
