import type { MedusaContainer } from "@medusajs/framework/types"
import {
  type ExistingRows,
  type CheckedKind,
  checkedKinds,
  type GatewayOperation,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { errorTextOf, withPrintableWords } from "../../providers/base/errors"
import type { ReviewReport } from "../../providers/base/gateway"
import { operationNouns, settleOperation } from "../../providers/base/run-operation"
import { knownOrder } from "../../providers/base/order-details"
import { errorMessage } from "../../shared/errors"
import { listFailedRefund } from "../exceptions/failed-refunds"
import { type OwnPayment, ownPaymentById, ownPaymentsOfSession } from "../medusa-payments"
import { existingRows } from "../medusa-reads"
import { recountPayment, takeBackRow } from "../medusa-writes"
import { notifyOfOpenOutcome } from "../notifications"
import { type CheckOutcome, dayMs, decideOperationCheck } from "./check-schedule"
import { checkPaymentLedger, atWorkMs, listMissingBookings } from "./ledger-check"

/**
 * Asks what became of an operation whose answer never came, or of a refund that can still fail, and says when to ask
 * again. Nothing is sent.
 */
export async function reconcileOperation(
  container: MedusaContainer,
  context: GatewayContext,
  operation: GatewayOperation
): Promise<CheckOutcome> {
  const { gateway, journal, log } = context
  const kind = checkedKinds.find((known) => known === operation.kind)
  const order = await journal.findOrder(operation.order_reference)
  if (!kind || !order) {
    throw new Error(`The journal has no order for ${operation.reference}, or it is a charge`)
  }
  if (operation.state === "done" || operation.state === "returned") {
    return await reviewRefund(container, context, { operation, order })
  }
  if (await takeBackRow(container, operation)) {
    log.warn(
      `${gateway.title}: a server ended while the ${operationNouns[kind]} ${operation.reference} was under way. Medusa's ` +
        `own row for it was taken back; repeat the same ${operationNouns[kind]} in the dashboard: nothing is sent twice`
    )
  }
  const existing = existingRowsOf(container, kind)
  const finding = await settleOperation(context, { kind, order, operation, existing })
  const decision = decideOperationCheck(operation, finding, gateway.capabilities, new Date())
  await journal.scheduleOperationCheck(operation.reference, decision.next)
  const { reference, amount, currency_code } = operation
  const noun = operationNouns[kind]
  const whetherMade = `${gateway.title}: whether the ${noun} ${reference} of ${amount} ${currency_code.toUpperCase()} was made is`
  if (decision.count === "given_up") {
    await notifyOfOpenOutcome(container, context, {
      key: "given-up",
      reference,
      sentence: `${whetherMade} still not known and is not asked about any more. Look it up in the gateway's dashboard`,
    })
  }
  // Without this, nobody hears of it who was told nothing: a cancellation of an order, say, whose server ended.
  if (finding === "may_repeat") {
    await notifyOfOpenOutcome(container, context, {
      key: "to-repeat",
      reference,
      sentence:
        `${whetherMade} not known, and the gateway, asked, can't tell. ${repeats[kind]} once more: where it was made, it ` +
        `is booked, and nothing is made twice. Our reference of the payment: ${order.reference}`,
    })
  }
  if (finding === "done") {
    await reviewPaymentOf(container, order)
  }
  return decision
}

/** What a person repeats in the dashboard. A refund that was part of an order's cancellation is made by itself. */
const repeats: Readonly<Record<CheckedKind, string>> = {
  capture: "Capture the payment",
  refund: "Refund the payment",
  void: "Cancel the order",
}

/** Medusa has no row of its own for a cancellation. */
function existingRowsOf(container: MedusaContainer, kind: CheckedKind): ExistingRows {
  return async (ids) =>
    kind === "void"
      ? []
      : [...(await existingRows(container, { capture: [], refund: [], [kind]: ids }))]
}

/** A server that dies before it comes to this leaves it to `checkLedger`. */
async function reviewPaymentOf(container: MedusaContainer, order: GatewayOrder): Promise<void> {
  for (const own of await ownPaymentsOfSession(container, order)) {
    await listMissingBookings(container, own)
  }
}

type SettledRefund = { operation: GatewayOperation; order: GatewayOrder }

/**
 * Asks about a refund that the gateway said was made, for as long as it can still fail there. One that failed is
 * taken out of Medusa's ledger, listed, and told to the shop. Nothing is sent: whoever wants the money given back
 * asks for it anew.
 */
async function reviewRefund(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order }: SettledRefund
): Promise<CheckOutcome> {
  const { journal } = context
  const { reference } = operation
  if (operation.state === "returned") {
    return await finish(container, context, { operation, order }) // its server died before it came to the end
  }
  const answer = await ask(context, { operation, order })
  const returned =
    answer.outcome === "failed"
      ? await journal.returnRefund(reference, {
          gateway_code: answer.code,
          gateway_message: answer.message,
        })
      : undefined
  if (returned) {
    return await finish(container, context, { operation: returned, order })
  }
  const next = nextReview(context, operation, new Date())
  await journal.scheduleOperationCheck(reference, next)
  return answer.outcome === "unknown" && answer.failure !== undefined
    ? { count: "errors", next, error: `${reference}: ${answer.failure}` }
    : { count: null, next }
}

type Answer = ReviewReport & { failure?: string }

/** A question that fails says nothing about the refund. */
async function ask(
  { gateway }: GatewayContext,
  { operation, order }: SettledRefund
): Promise<Answer> {
  const { reference, amount } = operation
  try {
    const answer = await gateway.refund?.review?.({ reference, amount, order: knownOrder(order) })
    return answer ? withPrintableWords(answer) : { outcome: "unknown" }
  } catch (error) {
    return { outcome: "unknown", failure: errorTextOf(error).message }
  }
}

/** A day after the last; null once the gateway can change it no more. */
function nextReview(
  { gateway }: GatewayContext,
  { created_at }: GatewayOperation,
  now: Date
): Date | null {
  const days = gateway.capabilities.refundsSettleWithinDays ?? 0
  const next = new Date(now.getTime() + dayMs)
  return next.getTime() <= created_at.getTime() + days * dayMs ? next : null
}

/** What could not be brought to its end is tried again then, in milliseconds. */
const retryMs = 60 * 60_000

/** What fails here is tried again in an hour: the row stays due until all of it is done. */
async function finish(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order }: SettledRefund
): Promise<CheckOutcome> {
  const { journal, log, gateway } = context
  const { reference } = operation
  try {
    const payment = await bookFailedRefund(container, context, { operation, order })
    await listFailedRefund(container, context, { operation, order, payment })
    await journal.scheduleOperationCheck(reference, null)
    return { count: "failed", next: null }
  } catch (error) {
    const reason = errorMessage(error)
    const next = new Date(Date.now() + retryMs)
    log.error(
      `${gateway.title}: the refund ${reference} failed and is not booked so yet: ${reason}`
    )
    await journal.scheduleOperationCheck(reference, next)
    return { count: "errors", next, error: `${reference}: ${reason}` }
  }
}

/**
 * Takes a refund that failed after it was booked out of Medusa's ledger: its row goes, the order gets a line that sets
 * the refund's own right, and the payment is counted up anew. Safe to run again.
 *
 * @returns the payment as it stands then; undefined for money that no payment of Medusa's stands for
 * @throws Error while the order of the payment is being changed
 */
async function bookFailedRefund(
  container: MedusaContainer,
  { gateway, log }: GatewayContext,
  { operation, order }: { operation: GatewayOperation; order: GatewayOrder }
): Promise<OwnPayment | undefined> {
  const [own] = await ownPaymentsOfSession(container, order)
  if (!own) {
    return undefined
  }
  if (await takeBackRow(container, operation)) {
    log.warn(
      `${gateway.title}: the refund ${operation.reference} of ${operation.amount} ` +
        `${operation.currency_code.toUpperCase()} failed after it was said to be made; Medusa's row for it was taken back`
    )
  }
  const { id } = own.payment
  await checkPaymentLedger(container, id, new Date(Date.now() - atWorkMs))
  const captures = (own.payment.captures ?? []).flatMap((row) =>
    row ? [{ id: row.id, kind: "capture" as const, amount: row.raw_amount ?? row.amount }] : []
  )
  await recountPayment(container, own.payment, captures)
  return (await ownPaymentById(container, id)) ?? own
}
