/**
 * How money is moved after an order was opened, at most once: a capture, a refund or a cancellation is a row of the
 * journal before it is sent, and is asked about where its answer never came.
 */
import { GatewayError } from "../../gateways/shared/errors"
import { compare, decimal } from "../../gateways/shared/money"
import type {
  ExistingRows,
  CheckedKind,
  GatewayOperation,
  OperationIntent,
  OperationStart,
  OperationState,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sumOfDone, takenAmount } from "./amounts"
import type { GatewayContext } from "./context"
import {
  gatewayRefused,
  notAllowed,
  outcomeUnknown,
  errorTextOf,
  errorTextForOwner,
} from "./errors"
import type {
  Operation,
  OperationStatus,
  OperationCalls,
  OperationResult,
  PaymentGateway,
} from "./gateway"
import { knownOrder } from "./order-details"

/**
 * Moves money at most once. The row that says "about to" is committed before the gateway is called; an operation
 * whose answer never came is asked about before anything is sent again, under the same reference; and one
 * that the gateway made while Medusa forgot it is taken as done.
 *
 * @throws MedusaError not_allowed, with what happened, the gateway's words, our reference and what to do
 */
export async function runOperation(
  context: GatewayContext,
  input: OperationInput
): Promise<GatewayOperation> {
  const calls = callsFor(context.gateway, input.kind)
  const start = await context.journal.beginOperation(
    {
      order_reference: input.order.reference,
      kind: input.kind,
      amount: input.amount,
      currency_code: input.order.currency_code,
      medusa_id: input.medusaId,
      exception: input.exception,
      lease_ms: context.leaseMs,
      limit: input.limit,
    },
    input.existing
  )
  switch (start.type) {
    case "adopted":
      context.log.info(
        `${context.gateway.title}: ${operationNouns[input.kind]} ${start.operation.reference} was made before; nothing was sent again`
      )
      return start.operation
    case "begun":
      return await settle(
        context,
        input,
        start.operation,
        await begin(context.gateway, calls, input, start.operation)
      )
    case "resume":
      return await resume(context, input, start.operation, calls)
    case "under_way":
    case "blocked":
    case "over_limit":
      throw cannotBegin(context.gateway.title, input, start)
  }
}

type OperationInput = {
  kind: CheckedKind
  order: GatewayOrder
  /** Major units, at the gateway's decimals. */
  amount: string
  /** The most that all operations of this kind may add up to. */
  limit: string
  /** The id of Medusa's refund or capture, null where it has no row for the operation. */
  medusaId: string | null
  /** The entry of the list of payment exceptions that is given back; see `OperationIntent.exception`. */
  exception?: OperationIntent["exception"]
  existing: ExistingRows
  reason?: string
  /** Said instead of the sum where something else than the sum forbids another operation. */
  whyNoMore?: string
}

function callsFor(gateway: PaymentGateway, kind: OperationInput["kind"]): OperationCalls {
  const calls = gateway[kind]
  if (!calls) {
    throw notAllowed(`${gateway.title} has no ${operationNouns[kind]}`)
  }
  return calls
}

/**
 * Somebody on the way can send a request twice and hand over the answer to the second, which a gateway refuses
 * because the first was made: a refusal is believed only where the gateway does not say that the operation was made.
 */
async function begin(
  gateway: PaymentGateway,
  calls: OperationCalls,
  input: OperationInput,
  operation: GatewayOperation
): Promise<OperationResult> {
  const { isRefusal, ...report } = await send(gateway, calls, input, operation)
  if (!isRefusal) {
    return report
  }
  const answer = await queryOperation(calls, operationFor(input, operation))
  return answer.outcome === "done" ? answer : report
}

async function send(
  gateway: PaymentGateway,
  calls: OperationCalls,
  input: OperationInput,
  operation: GatewayOperation
): Promise<SentOperation> {
  try {
    const report = await calls.send(operationFor(input, operation))
    return { ...report, isRefusal: report.outcome === "declined" }
  } catch (error) {
    // After a fault of our own it can't be told whether anything was sent.
    const isSurelyUndone = error instanceof GatewayError && error.outcome !== "unknown"
    return {
      outcome: isSurelyUndone ? "declined" : "unknown",
      isRefusal: error instanceof GatewayError && error.outcome === "declined",
      ...errorTextForOwner(gateway, error, input.order.provider_id),
    }
  }
}

/** A refusal is the gateway's own; what was not sent is declined as well. */
type SentOperation = OperationResult & { isRefusal: boolean }

async function resume(
  context: GatewayContext,
  input: OperationInput,
  operation: GatewayOperation,
  calls: OperationCalls
): Promise<GatewayOperation> {
  const answer = await queryOperation(calls, operationFor(input, operation))
  const report =
    answer.outcome === "may_repeat"
      ? await repeat(context.gateway, calls, input, operation)
      : answer
  return await settle(context, input, operation, report)
}

/** A repeat that fails, or is refused, says nothing about the first try: it may be why. */
async function repeat(
  gateway: PaymentGateway,
  calls: OperationCalls,
  input: OperationInput,
  operation: GatewayOperation
): Promise<OperationResult> {
  const { isRefusal: _, ...report } = await send(gateway, calls, input, operation)
  return report.outcome === "declined" ? { ...report, outcome: "unknown" } : report
}

function operationFor(input: OperationInput, operation: GatewayOperation): Operation {
  return {
    reference: operation.reference,
    amount: input.amount,
    order: knownOrder(input.order),
    reason: input.reason,
  }
}

/** A question that fails says nothing about the operation it asked for, however final its own failure is. */
async function queryOperation(
  calls: OperationCalls,
  operation: Operation
): Promise<OperationStatus> {
  try {
    return await calls.ask(operation)
  } catch (error) {
    return { outcome: "unknown", ...errorTextOf(error) }
  }
}

async function settle(
  { gateway, journal, log }: GatewayContext,
  input: OperationInput,
  operation: GatewayOperation,
  report: OperationResult
): Promise<GatewayOperation> {
  const settled = await journal.settleOperation(operation.reference, {
    state: report.outcome,
    look_again_at: firstReview(gateway, input.kind, new Date()),
    gateway_id: report.gatewayId,
    gateway_code: report.code,
    gateway_message: report.message,
  })
  const noun = operationNouns[input.kind]
  switch (report.outcome) {
    case "done":
      return settled ?? operation
    case "declined":
      throw gatewayRefused(
        gateway.title,
        report,
        operation.reference,
        `The ${noun} was not made; no money moved`
      )
    case "unknown":
      log.warn(`${gateway.title}: the outcome of ${noun} ${operation.reference} is not known`)
      throw outcomeUnknown(
        gateway.title,
        report,
        operation.reference,
        `Whether the ${noun} was made is not known yet. Try the same ${noun} again in a minute: ` +
          `${gateway.title} is asked first, and nothing is sent twice`
      )
  }
}

/** When an operation that is made is looked at again, because the gateway can still take it back; null where it can't. */
function firstReview(
  { capabilities, refund }: PaymentGateway,
  kind: OperationInput["kind"],
  now: Date
): Date | null {
  const canFail = capabilities.refundsSettleWithinDays !== undefined && refund?.review !== undefined
  return kind === "refund" && canFail ? new Date(now.getTime() + dayMs) : null
}

const dayMs = 24 * 60 * 60_000

/** Why another operation can't begin now, and what to do. */
export function cannotBegin(
  title: string,
  input: OperationInput,
  start: Extract<OperationStart, { type: "under_way" | "blocked" | "over_limit" }>
): Error {
  const noun = operationNouns[input.kind]
  const currency = input.order.currency_code.toUpperCase()
  switch (start.type) {
    case "under_way":
      return notAllowed(
        `A ${noun} of ${start.operation.amount} ${currency} is under way at ${title} ` +
          `(our reference ${start.operation.reference}). Wait for it to end, then look again`
      )
    case "blocked":
      return notAllowed(
        `The outcome of an earlier ${nounOf(start.operation)} of ${start.operation.amount} ${currency} at ${title} ` +
          `is not known (our reference ${start.operation.reference}). Repeat that one first: it is asked about, ` +
          `not sent twice`
      )
    case "over_limit":
      return notAllowed(
        input.whyNoMore ??
          `${start.done} of ${input.limit} ${currency} went into a ${noun} before (our reference ` +
            `${input.order.reference}): ${input.amount} ${currency} more is too much`
      )
  }
}

function nounOf(operation: GatewayOperation): string {
  return operation.kind === "charge" ? "charge" : operationNouns[operation.kind]
}

/**
 * Finds out what became of an operation whose answer never came. It asks and never sends: only who asked for the
 * operation may ask for it again. What was made is written down as done; where Medusa lost its own row for it,
 * the next request for the same takes it over instead of sending it.
 */
export async function settleOperation(
  context: GatewayContext,
  unsettled: UnsettledOperation
): Promise<FoundOutcome> {
  const { gateway, journal } = context
  const { kind, order, operation } = unsettled
  const calls = gateway[kind]
  const answer: OperationStatus = calls
    ? await queryOperation(calls, {
        reference: operation.reference,
        amount: operation.amount,
        order: knownOrder(order),
      })
    : { outcome: "unknown", message: `${gateway.title} has no ${operationNouns[kind]}` }
  const settled = await journal.settleOperation(operation.reference, {
    ...outcomeOf(answer),
    look_again_at: firstReview(gateway, kind, new Date()),
  })
  if (settled && settled.state !== operation.state) {
    await notifyOfOutcome(context, unsettled, settled.state)
  }
  if (answer.outcome === "done") {
    await noteOnOrder(context, order, kind)
  }
  return answer.outcome
}

type UnsettledOperation = {
  kind: CheckedKind
  order: GatewayOrder
  /** Taken over before, so that nobody resumes it meanwhile; see `PaymentJournal.claimOperationsToCheck`. */
  operation: GatewayOperation
  /** Which of Medusa's rows for operations of this kind still exist. */
  existing: ExistingRows
}

/** `may_repeat`: it was not made; whoever asked for it can repeat it. */
export type FoundOutcome = OperationStatus["outcome"]

/** What may be repeated stays unknown, so that the repeat is asked about first and has the same reference. */
function outcomeOf(answer: OperationStatus) {
  return answer.outcome === "may_repeat"
    ? { state: "unknown" as const }
    : {
        state: answer.outcome,
        gateway_id: answer.gatewayId,
        gateway_code: answer.code,
        gateway_message: answer.message,
      }
}

async function noteOnOrder(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  kind: CheckedKind
): Promise<void> {
  switch (kind) {
    case "capture":
      await journal.changeOrder(order.reference, { state: "paid" })
      return
    case "void":
      await journal.changeOrder(order.reference, { state: "canceled" })
      return
    case "refund": {
      const operations = await journal.operationsOfOrder(order.reference)
      const taken = decimal(takenAmount(gateway, order, operations))
      if (compare(sumOfDone(operations, "refund"), taken) >= 0) {
        await journal.changeOrder(order.reference, { state: "refunded" })
      }
    }
  }
}

async function notifyOfOutcome(
  { gateway, announce, log }: GatewayContext,
  { kind, order, operation, existing }: UnsettledOperation,
  state: OperationState
): Promise<void> {
  if (state !== "done" && state !== "declined") {
    return
  }
  const { reference, amount, currency_code, medusa_id } = operation
  const isInMedusa = medusa_id !== null && (await existing([medusa_id])).length > 0
  const noun = operationNouns[kind]
  const what = `${gateway.title}: the ${noun} ${reference} of ${amount} ${currency_code.toUpperCase()}`
  if (state === "declined") {
    log.info(`${what} was not made; no money moved`)
  } else if (isInMedusa) {
    log.info(`${what} was made`)
  } else {
    log.info(`${what} was made, and Medusa's ledger lacks it`) // the list of what waits for a person says it loudly
  }
  await announce({
    name: "payment.operation_settled",
    data: {
      provider_id: order.provider_id,
      reference,
      order_reference: order.reference,
      session_id: order.session_id,
      cart_id: order.cart_id,
      kind,
      amount,
      currency_code,
      state,
      is_in_medusa: isInMedusa,
    },
  })
}

/** How a person calls an operation. */
export const operationNouns: Readonly<Record<CheckedKind, string>> = {
  capture: "capture",
  refund: "refund",
  void: "cancellation",
}
