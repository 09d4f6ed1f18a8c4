import { GatewayError } from "../../gateways/shared/gateway-error"
import type {
  GatewayOperation,
  OperationKind,
  OperationStart,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import { gatewayRefused, notAllowed, outcomeUnknown } from "./errors"
import type { GatewayContext } from "./gateway-context"
import { knownOrder } from "./known-order"
import type { MoneyMove, MoveAnswer, MoveReport, PaymentGateway } from "./payment-gateway"

export type MoveWish = {
  kind: Extract<OperationKind, "capture" | "refund" | "reverse">
  order: GatewayOrder
  /** Major units, at the gateway's places. */
  amount: string
  /** The most that all moves of this kind may add up to. */
  limit: string
  /** The id of Medusa's refund or capture, null where it has no row for the move. */
  medusaId: string | null
  living: LivingRows
  reason?: string
  /** Said instead of the sum where something else than the sum forbids another move. */
  whyNoMore?: string
}

const nouns: Readonly<Record<MoveWish["kind"], string>> = {
  capture: "capture",
  refund: "refund",
  reverse: "cancellation",
}

/**
 * Moves money at most once. The row that says "about to" is committed before the gateway is called; a move
 * whose answer never came is asked about before anything is sent again, under the same reference; and one
 * that the gateway made while Medusa forgot it is taken as done.
 *
 * @throws MedusaError not_allowed, with what happened, the gateway's words, our reference and what to do
 */
export async function moveMoney(
  context: GatewayContext,
  wish: MoveWish
): Promise<GatewayOperation> {
  const calls = callsFor(context.gateway, wish.kind)
  const start = await context.journal.beginOperation(
    {
      order_reference: wish.order.reference,
      kind: wish.kind,
      amount: wish.amount,
      currency_code: wish.order.currency_code,
      medusa_id: wish.medusaId,
      lease_ms: context.leaseMs,
      limit: wish.limit,
    },
    wish.living
  )
  switch (start.type) {
    case "adopted":
      context.log.info(
        `${context.gateway.title}: ${nouns[wish.kind]} ${start.operation.reference} was made before; nothing was sent again`
      )
      return start.operation
    case "begun":
      return await settle(
        context,
        wish,
        start.operation,
        await attempt(calls.send, wish, start.operation)
      )
    case "resume":
      return await resume(context, wish, start.operation, calls)
    case "under_way":
    case "blocked":
    case "over_limit":
      throw cannotBegin(context.gateway.title, wish, start)
  }
}

async function resume(
  context: GatewayContext,
  wish: MoveWish,
  operation: GatewayOperation,
  calls: NonNullable<PaymentGateway["refund"]>
): Promise<GatewayOperation> {
  const answer = await attempt(calls.ask, wish, operation)
  if (answer.outcome === "may_repeat") {
    return await settle(context, wish, operation, await attempt(calls.send, wish, operation))
  }
  // A question that was never sent says nothing about the move it asked for.
  const report: MoveReport = answer.wasSent ? answer : { ...answer, outcome: "unknown" }
  return await settle(context, wish, operation, report)
}

type Attempted<Answer extends MoveAnswer> = Answer & { wasSent?: boolean }

/** Turns a failed call into what it means for the money. */
async function attempt<Answer extends MoveAnswer>(
  call: (move: MoneyMove) => Promise<Answer>,
  wish: MoveWish,
  operation: GatewayOperation
): Promise<Attempted<Answer> | (MoveReport & { wasSent: boolean })> {
  try {
    const answer = await call({
      reference: operation.reference,
      amount: wish.amount,
      order: knownOrder(wish.order),
      reason: wish.reason,
    })
    return { ...answer, wasSent: true }
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      // A fault of our own after the row was written: whether anything was sent can't be told.
      return { outcome: "unknown", message: "the call broke off", wasSent: false }
    }
    const said = { code: error.code, message: error.gatewayMessage ?? error.message }
    switch (error.outcome) {
      case "not_sent":
        return { outcome: "declined", ...said, wasSent: false }
      case "declined":
        return { outcome: "declined", ...said, wasSent: true }
      case "unknown":
        return { outcome: "unknown", ...said, wasSent: true }
    }
  }
}

async function settle(
  { gateway, journal, log }: GatewayContext,
  wish: MoveWish,
  operation: GatewayOperation,
  report: MoveReport
): Promise<GatewayOperation> {
  const settled = await journal.settleOperation(operation.reference, {
    state: report.outcome,
    gateway_id: report.gatewayId,
    gateway_code: report.code,
    gateway_message: report.message,
  })
  const noun = nouns[wish.kind]
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

function cannotBegin(
  title: string,
  wish: MoveWish,
  start: Extract<OperationStart, { type: "under_way" | "blocked" | "over_limit" }>
): Error {
  const noun = nouns[wish.kind]
  const currency = wish.order.currency_code.toUpperCase()
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
        wish.whyNoMore ??
          `${start.done} of ${wish.limit} ${currency} went into a ${noun} before (our reference ` +
            `${wish.order.reference}): ${wish.amount} ${currency} more is too much`
      )
  }
}

function nounOf(operation: GatewayOperation): string {
  return operation.kind === "charge" ? "charge" : nouns[operation.kind]
}

function callsFor(
  gateway: PaymentGateway,
  kind: MoveWish["kind"]
): NonNullable<PaymentGateway["refund"]> {
  const calls = gateway[kind]
  if (!calls) {
    throw notAllowed(`${gateway.title} has no ${nouns[kind]}`)
  }
  return calls
}
