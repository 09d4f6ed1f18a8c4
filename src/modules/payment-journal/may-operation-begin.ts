import {
  add,
  compare,
  decimal,
  equal,
  isPositive,
  type DecimalString,
} from "../../gateways/shared/money"
import {
  unsettledStates,
  type GatewayOperation,
  type OperationIntent,
  type OperationStart,
} from "./gateway-operation"
import { nextOperationReference } from "./references"

export type OperationFacts = {
  intent: OperationIntent
  /** All operations of all orders of the payment session, oldest first. */
  operations: readonly GatewayOperation[]
  /** What Medusa said when it was asked whether a row still exists, by the row's id. */
  alive: ReadonlyMap<string, boolean>
  now: Date
}

/** The columns of an operation that is about to begin, apart from those that the journal gives. */
export type BegunOperation = Pick<
  GatewayOperation,
  | "reference"
  | "order_reference"
  | "kind"
  | "amount"
  | "currency_code"
  | "state"
  | "medusa_id"
  | "exception_id"
  | "lease_expires_at"
>

export type OperationDecision =
  /** Nothing is decided before Medusa has said whether these rows of it exist. */
  | { type: "ask_medusa"; ids: string[] }
  | { type: "begin"; operation: BegunOperation }
  | {
      type: "resume"
      operation: GatewayOperation
      change: Pick<GatewayOperation, "medusa_id" | "lease_expires_at">
    }
  | { type: "adopt"; operation: GatewayOperation; change: Pick<GatewayOperation, "medusa_id"> }
  | Extract<OperationStart, { type: "under_way" | "blocked" | "over_limit" }>

/**
 * What becomes of a request to move money; the whole rule, without the storage. It holds only while nobody
 * else writes operations of the session: call it under the lock and act on it before the lock is released.
 *
 * The order of the questions matters:
 * 1. Was this very request fulfilled before (Medusa's id says so)? Then nothing is left to send, whatever else
 *    is going on.
 * 2. Did a person say that it was done another way, and has no row of Medusa's taken that up yet? Then it was
 *    for this request, and nothing is left to send either.
 * 3. Was as much given back for the entry of the list that the request is about? Then nothing is left to send.
 * 4. Is an operation of the order unsettled? Then nobody knows how much is left: wait, take it over, or refuse.
 * 5. Was the same done for a row that Medusa has lost since? Then it was for this request.
 * 6. Is there enough left?
 *
 * @throws RangeError where the amount is not above zero
 * @throws InvalidAmountError where an amount is no amount
 */
export function decideOperation(facts: OperationFacts): OperationDecision {
  const { intent, operations } = facts
  const amount = decimal(intent.amount)
  if (!isPositive(amount)) {
    throw new RangeError(`A ${intent.kind} must be of more than ${intent.amount}`)
  }
  const ofOrder = operations.filter((other) => other.order_reference === intent.order_reference)
  const done = ofOrder.filter((other) => other.state === "done" && other.kind === intent.kind)
  const duplicates = done.filter((other) => isSameRequest(other, intent))

  const fulfilled =
    duplicates.find((other) => isOwnRow(other, intent)) ??
    duplicates.find((other) => isDoneElsewhereFor(other, intent)) ??
    givenBackBefore(done, amount, intent)
  if (fulfilled) {
    return adopt(fulfilled, intent)
  }
  const unsettled = unsettledOf(operations, intent.order_reference)
  if (unsettled) {
    return besideUnsettled(unsettled, facts)
  }
  return adoptLost(duplicates, facts) ?? overLimit(done, amount, intent) ?? begin(facts)
}

/** The operation of an order that has not ended: while there is one, no other begins. */
export function unsettledOf(
  operations: readonly GatewayOperation[],
  orderReference: string
): GatewayOperation | undefined {
  return operations.find(
    ({ order_reference, state }) =>
      order_reference === orderReference && unsettledStates.includes(state)
  )
}

/** The last operation of those that gave an entry back, where this one would be more than there is of it. */
function givenBackBefore(
  done: readonly GatewayOperation[],
  amount: DecimalString,
  { exception }: OperationIntent
): GatewayOperation | undefined {
  const own = done.filter(({ exception_id }) => exception && exception_id === exception.id)
  const isMore = exception && compare(add(sumOf(own), amount), decimal(exception.amount)) > 0
  return isMore ? own.at(-1) : undefined
}

function besideUnsettled(unsettled: GatewayOperation, facts: OperationFacts): OperationDecision {
  const { intent, now } = facts
  if (unsettled.lease_expires_at > now) {
    return { type: "under_way", operation: unsettled }
  }
  if (!isSameRequest(unsettled, intent)) {
    return { type: "blocked", operation: unsettled }
  }
  return {
    type: "resume",
    operation: unsettled,
    change: {
      // A request without a row of Medusa's (a job that tidies up) doesn't take the operation from the row it has.
      medusa_id: intent.medusa_id ?? unsettled.medusa_id,
      lease_expires_at: leaseEnd(facts),
    },
  }
}

/**
 * Operations that were done although Medusa threw its row for them away. Only a request with a row of its own
 * takes one over; without one, nobody could tell a repeated request from a second one.
 */
function adoptLost(
  duplicates: readonly GatewayOperation[],
  { intent, alive }: OperationFacts
): OperationDecision | undefined {
  if (intent.medusa_id === null) {
    return undefined
  }
  const candidates = duplicates.flatMap((operation) =>
    operation.medusa_id === null ? [] : [{ operation, row: operation.medusa_id }]
  )
  const unknown = candidates.map(({ row }) => row).filter((row) => !alive.has(row))
  if (unknown.length > 0) {
    return { type: "ask_medusa", ids: [...new Set(unknown)] }
  }
  const lost = candidates.find(({ row }) => alive.get(row) === false)
  return lost && adopt(lost.operation, intent)
}

function adopt(operation: GatewayOperation, intent: OperationIntent): OperationDecision {
  return { type: "adopt", operation, change: { medusa_id: intent.medusa_id } }
}

function overLimit(
  done: readonly GatewayOperation[],
  amount: DecimalString,
  { limit }: OperationIntent
): OperationDecision | undefined {
  const sum = sumOf(done)
  return limit !== null && compare(add(sum, amount), decimal(limit)) > 0
    ? { type: "over_limit", done: sum }
    : undefined
}

function begin(facts: OperationFacts): OperationDecision {
  const { intent, operations } = facts
  return {
    type: "begin",
    operation: {
      reference: nextOperationReference(
        intent.order_reference,
        intent.kind,
        operations.map((other) => other.reference)
      ),
      order_reference: intent.order_reference,
      kind: intent.kind,
      amount: intent.amount,
      currency_code: intent.currency_code,
      state: "intended",
      medusa_id: intent.medusa_id,
      exception_id: intent.exception?.id ?? null,
      lease_expires_at: leaseEnd(facts),
    },
  }
}

function sumOf(operations: readonly GatewayOperation[]): DecimalString {
  return operations.reduce((total, { amount }) => add(total, decimal(amount)), decimal("0"))
}

function isSameRequest(operation: GatewayOperation, intent: OperationIntent): boolean {
  return (
    operation.kind === intent.kind &&
    operation.currency_code === intent.currency_code &&
    isForSameEntry(operation, intent) &&
    equal(decimal(operation.amount), decimal(intent.amount))
  )
}

/** What a person says to have been given back another way settles whatever was begun for that amount. */
function isForSameEntry({ exception_id }: GatewayOperation, intent: OperationIntent): boolean {
  const isSomebodysWord = intent.medusa_id === null && intent.exception === undefined
  return isSomebodysWord || exception_id === (intent.exception?.id ?? null)
}

function isOwnRow(operation: GatewayOperation, intent: OperationIntent): boolean {
  return intent.medusa_id !== null && operation.medusa_id === intent.medusa_id
}

/** A request without a row of its own takes nothing up: nobody could tell it from a second one. */
function isDoneElsewhereFor(operation: GatewayOperation, intent: OperationIntent): boolean {
  return operation.made_elsewhere && operation.medusa_id === null && intent.medusa_id !== null
}

function leaseEnd({ intent, now }: OperationFacts): Date {
  return new Date(now.getTime() + intent.lease_ms)
}
