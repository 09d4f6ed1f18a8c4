/**
 * Captures, refunds and cancellations, each made at most once: it is a row of the journal before it is sent, and the
 * gateway is asked about it where its answer never came.
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
import type { HeldClaim } from "../../shared/held-claim"
import { sumOfDone, takenAmount } from "./amounts"
import type { GatewayContext } from "./context"
import {
  gatewayRefused,
  notAllowed,
  outcomeUnknown,
  errorTextOf,
  errorTextForOwner,
  withPrintableWords,
} from "./errors"
import type {
  Operation,
  OperationStatus,
  OperationCalls,
  OperationResult,
  PaymentGateway,
} from "./gateway"
import { sendWhileHeld, whileHeld } from "./hold-operation"
import { knownOrder } from "./order-details"

/**
 * Makes an operation, or returns the one that was made before. A repeat is sent under the same reference. One that the
 * gateway made and that Medusa lost its row for is taken as done.
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
      return await whileHeld(context, start.operation, async (held) => {
        // A server that stood still since then may have lost it to one that asks.
        const report = await begin(context.gateway, calls, input, start.operation, held)
        return await settle(context, input, start.operation, report)
      })
    case "resume":
      return await whileHeld(context, start.operation, (held) =>
        resume(context, input, start.operation, calls, held)
      )
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
 * Sends an operation for the first time. A proxy can send a request twice and return the answer to the second, which
 * the gateway refuses because the first was made: so a refusal counts only where the gateway, asked, says that the
 * operation was not made. Where it can't be asked, or does not tell, the outcome is unknown, with the refusal's words.
 */
async function begin(
  gateway: PaymentGateway,
  calls: OperationCalls,
  input: OperationInput,
  operation: GatewayOperation,
  held: HeldClaim
): Promise<OperationResult> {
  const { isRefusal, ...report } = await sendWhileHeld(held, () =>
    send(gateway, calls, input, operation)
  )
  if (!isRefusal) {
    return report
  }
  const asked = operationFor(input, operation)
  const first = await queryOperation(calls, asked)
  // A question that failed is put once more, so that a refusal does not stay open for a fault of the network.
  const answer = first.outcome === "unknown" ? await queryOperation(calls, asked) : first
  switch (answer.outcome) {
    case "done":
      return answer
    case "declined":
    case "may_repeat":
      return report
    case "unknown":
      return { ...report, outcome: "unknown" }
  }
}

async function send(
  gateway: PaymentGateway,
  calls: OperationCalls,
  input: OperationInput,
  operation: GatewayOperation
): Promise<SentOperation> {
  try {
    const report = withPrintableWords(await calls.send(operationFor(input, operation)))
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
  calls: OperationCalls,
  held: HeldClaim
): Promise<GatewayOperation> {
  const answer = await queryOperation(calls, operationFor(input, operation))
  if (answer.outcome !== "may_repeat") {
    return await settle(context, input, operation, answer)
  }
  const report = await sendWhileHeld(held, () => repeat(context.gateway, calls, input, operation))
  return await settle(context, input, operation, report)
}

/** Unknown where the repeat fails or is refused: the first try may be the reason for it. */
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

/** Unknown where the query itself fails, whatever its error: that says nothing about the operation. */
async function queryOperation(
  calls: OperationCalls,
  operation: Operation
): Promise<OperationStatus> {
  try {
    const answer = await calls.ask(operation)
    return answer.outcome === "may_repeat" ? answer : withPrintableWords(answer)
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
  const outcome = {
    state: report.outcome,
    look_again_at: firstReview(gateway, input.kind, new Date()),
    gateway_id: report.gatewayId,
    gateway_code: report.code,
    gateway_message: report.message,
  }
  const settled = await journal.settleOperation(operation.reference, outcome, operation)
  const noun = operationNouns[input.kind]
  const isAnothers = report.outcome === "declined" && settled?.state !== "declined"
  switch (isAnothers ? "unknown" : report.outcome) {
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
 * Queries an operation whose answer never came and books the outcome. It never sends: only who requested the
 * operation may repeat it. What was made is written down as done; where Medusa lost its own row for it,
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
  const outcome = { ...outcomeOf(answer), look_again_at: firstReview(gateway, kind, new Date()) }
  const settled = await journal.settleOperation(operation.reference, outcome, operation)
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
  /** Claimed before, so that no other server resumes it meanwhile; see `PaymentJournal.claimOperationsToCheck`. */
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
    case "refund":
      await markIfRefunded({ gateway, journal }, order)
  }
}

/** Sets the order to `refunded` once all that was taken was given back, through the gateway or elsewhere. */
export async function markIfRefunded(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<RefundedOrder> {
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  if (compare(sumOfDone(operations, "refund"), decimal(taken)) < 0) {
    return { order, isWhole: false }
  }
  const changed = await journal.changeOrder(order.reference, { state: "refunded" })
  return { order: changed ?? order, isWhole: true }
}

/** `isWhole` where all that was taken was given back. */
export type RefundedOrder = { order: GatewayOrder; isWhole: boolean }

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
    log.info(`${what} was made, and Medusa's ledger lacks it`) // it is listed as a payment exception, which is announced
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

/** The word for an operation in texts for people. */
export const operationNouns: Readonly<Record<CheckedKind, string>> = {
  capture: "capture",
  refund: "refund",
  void: "cancellation",
}
