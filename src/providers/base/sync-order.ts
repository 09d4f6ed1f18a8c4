/** Queries of an order at its gateway, and what the answer changes in the journal. */
import { isDeepStrictEqual } from "node:util"
import { GatewayDeclinedError, GatewayError } from "../../gateways/shared/errors"
import { add, decimal, isPositive, isZero, subtract } from "../../gateways/shared/money"
import { printableText } from "../../gateways/shared/text"
import {
  type OperationOutcome,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type {
  GatewayOrder,
  GatewayOrderState,
  ReceivedMoney,
} from "../../modules/payment-journal/gateway-order"
import { sumOfDone } from "./amounts"
import type { GatewayContext } from "./context"
import { setUpAdvice, errorInBrackets } from "./errors"
import { evaluateReport, type Decision } from "./evaluate-report"
import type { ChargedSeries, KnownOrder, OrderReport } from "./gateway"
import { knownOrder, orderDetails, type OrderDetails } from "./order-details"
import { inQuestionTurn } from "./question-turn"
import { recordMoney } from "./record-money"

export type SyncedOrder = {
  order: GatewayOrder
  decision: Decision
  /** See `OrderReport.alert`. */
  alert?: string
  /** The journal's reference of another payment that came under the order's reference. */
  another?: string
  /** All the money that came for the order, where it was written with this answer. */
  received?: readonly ReceivedMoney[]
}

/**
 * Asks the gateway about an order, server to server, compares the answer with what was ordered, and writes it to the
 * journal before anything else acts on it.
 *
 * @throws GatewayError when the gateway gave no answer that can be read
 */
export async function syncOrder(
  context: GatewayContext,
  order: GatewayOrder
): Promise<SyncedOrder> {
  const answer = await queryOrder(context, order)
  const { money, alreadyAllocated, received } = await recordMoney(context, order, answer)
  const report = { ...answer, money }
  const { receivesInParts } = context.gateway.capabilities
  const decision =
    alreadyAllocated ??
    evaluateReport(order, report, receivesInParts, await capturedSums(context, order))
  await notifyOfChargeback(context, order, decision)
  const after = await recordState(context, order, report, decision)
  await settleCharge(context, after, decision)
  if (report.series) {
    await recordSeries(context, after, report.series)
  }
  if (decision.type === "mismatch" && !decisionOfJournal(after)) {
    context.log.error(
      `${context.gateway.title}: payment ${order.reference} is not accepted: ${decision.explanation}. ` +
        `Look it up in the gateway's dashboard and refund or settle it there`
    )
  }
  return {
    order: after,
    decision: decisionOfJournal(after) ?? decision,
    ...(report.alert ? { alert: report.alert } : {}),
    // A series may have added to it.
    ...(received && !report.series ? { received } : {}),
  }
}

/**
 * Where an order stands: what the journal is sure of, else what the gateway says. An unknown outcome is
 * pending, not an error: the shopper may have paid.
 */
export async function orderStatus(
  context: GatewayContext,
  order: GatewayOrder,
  sync: SyncOrder = syncOrder
): Promise<SyncedOrder> {
  const known = decisionOfJournal(order)
  if (known) {
    return { order, decision: known }
  }
  try {
    const asked = await sync(context, order)
    return (await isChargeDeclined(context, asked))
      ? { ...asked, decision: { type: "failed" } }
      : asked
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const advice = setUpAdvice(context.gateway, error, order.provider_id)
    const line = `${context.gateway.title}: could not ask about ${order.reference}${errorInBrackets(error)}`
    context.log.warn(advice ? `${line}. ${advice}` : line)
    return { order, decision: { type: "pending" } }
  }
}

/** How the gateway is asked: at once, or as a shopper may make it be asked. */
export type SyncOrder = typeof syncOrder

/** The decision that the journal alone gives; undefined while the gateway has to be asked. */
export function decisionOfJournal(order: GatewayOrder): Decision | undefined {
  switch (order.state) {
    case "paid":
    case "refunded":
    case "chargeback":
      return { type: order.state }
    default:
      return undefined
  }
}

/** The gateway's report, to be noted with what it changes; that there was none is noted here. */
async function queryOrder(context: GatewayContext, order: GatewayOrder): Promise<Report> {
  try {
    const report = await reportOf(context, order)
    return { ...report, rawStatus: statusText(report.rawStatus) }
  } catch (error) {
    if (error instanceof GatewayError) {
      await context.journal.noteAnswer(order.reference, {
        state: "unanswered",
        raw_status: statusText(error.code ?? error.reason),
      })
      await context.noteFailure(order.provider_id, error)
    }
    throw error
  }
}

/** With a status that can be kept. */
type Report = OrderReport & { rawStatus: string | null }

function statusText(rawStatus: string | null | undefined): string | null {
  return printableText(rawStatus, mostOfStatus) ?? null
}

/** In characters; longer ones are sentences. */
const mostOfStatus = 60

/** An order that the gateway does not know is reported as pending and unpaid, such as a link that was never opened. */
async function reportOf(context: GatewayContext, order: GatewayOrder): Promise<OrderReport> {
  try {
    const known = await orderToQuery(context, order)
    return await inQuestionTurn(() => context.gateway.queryOrder(known))
  } catch (error) {
    if (error instanceof GatewayDeclinedError && error.isNotFound) {
      const { code = null, gatewayMessage } = error
      return { state: "pending", rawStatus: code, message: gatewayMessage, money: [] }
    }
    throw error
  }
}

/** The order with the candidate numbers that are still to be proven. */
async function orderToQuery({ journal }: GatewayContext, order: GatewayOrder): Promise<KnownOrder> {
  if (order.candidate_ids.length === 0) {
    return knownOrder(order)
  }
  const received = await journal.moneyOfOrder(order.reference)
  return knownOrder(
    order,
    received.map((money) => money.gateway_id)
  )
}

/** The captures that were surely made, and together with one whose outcome is not known yet. */
async function capturedSums(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<string[]> {
  if (gateway.capabilities.capture === "automatic") {
    return []
  }
  const captures = await journal.operationsOfOrder(order.reference, "capture")
  const done = sumOfDone(captures, "capture")
  const unsettled = captures.filter(({ state }) => state === "intended" || state === "unknown")
  const sums = [done, ...unsettled.map(({ amount }) => add(done, decimal(amount)))]
  return sums.filter((sum) => !isZero(sum))
}

/** Announces a chargeback before the state is stored: after a crash it is announced twice, and never not at all. */
async function notifyOfChargeback(
  { gateway, announce, log }: GatewayContext,
  order: GatewayOrder,
  decision: Decision
): Promise<void> {
  if (decision.type !== "chargeback" || order.state === "chargeback") {
    return
  }
  const { provider_id, reference, session_id, cart_id, customer_id, amount, currency_code } = order
  log.error(
    `${gateway.title}: the shopper's bank took ${amount} ${currency_code} of ${reference} back. Answer it ` +
      `in the gateway's dashboard; Medusa's order still counts as paid`
  )
  await announce({
    name: "payment.chargeback",
    data: { provider_id, reference, session_id, cart_id, customer_id, amount, currency_code },
  })
}

/** Notes the gateway's answer, whatever it says, and what of the order it changes. */
async function recordState(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  report: Report,
  decision: Decision
): Promise<GatewayOrder> {
  const state = stateFor(order, report, decision)
  const known = orderDetails(order)
  const details = {
    ...known,
    ...(report.nextAction && !known.next_action ? { next_action: report.nextAction } : {}),
    ...(report.surplus ? { surplus: report.surplus } : {}),
    ...(gateway.capabilities.receivesInParts ? sumOfParts(order, report) : {}),
  }
  // Its first answer may have been lost, with the end in it: an order without one would wait for ever.
  const isWithoutEnd = order.expires_at === null && decision.type === "pending"
  const expires_at = isWithoutEnd ? report.expiresAt : undefined
  const hasNews = !isDeepStrictEqual(details, known) || expires_at !== undefined
  const rawStatus = report.rawStatus ?? order.raw_status
  const isSame = state === order.state && rawStatus === order.raw_status && !hasNews
  const answer = { state: report.state, raw_status: report.rawStatus }
  if (settledStates.includes(order.state) && isSame) {
    await journal.noteAnswer(order.reference, answer)
    return order
  }
  const changed = await journal.changeOrder(order.reference, {
    state,
    answer,
    raw_status: rawStatus,
    gateway_id: report.gatewayId ?? order.gateway_id,
    ...(hasNews ? { details, expires_at } : {}),
  })
  return changed ?? order
}

/** States of the journal that a later report of `pending` or `paid` does not change. */
const settledStates: readonly GatewayOrderState[] = ["paid", "refunded", "chargeback"]

function stateFor(order: GatewayOrder, report: OrderReport, decision: Decision): GatewayOrderState {
  switch (decision.type) {
    case "pending":
      // Being told how to pay proves that the gateway has the order.
      return order.state === "opening" && report.nextAction ? "open" : order.state
    case "mismatch":
      return order.state
    default:
      return decision.type
  }
}

/** What was received so far, and what of it is more than was ordered. */
function sumOfParts(order: GatewayOrder, { money }: OrderReport): OrderDetails {
  const parts = money === "as_ordered" ? [] : money
  const sum = parts
    .filter(({ currency }) => currency === order.currency_code)
    .reduce((total, { amount }) => add(total, amount), decimal("0"))
  const over = subtract(sum, decimal(order.amount))
  return {
    ...(isPositive(sum) ? { received: sum } : {}),
    ...(isPositive(over) ? { surplus: over } : {}),
  }
}

/** A charge whose answer never came is settled by what the gateway says of the order. */
async function settleCharge(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  decision: Decision
): Promise<void> {
  const state = outcomes[decision.type]
  if (!gateway.charge || !state) {
    return
  }
  const charges = await journal.operationsOfOrder(order.reference, "charge")
  for (const charge of charges) {
    if (unsettledStates.includes(charge.state)) {
      await journal.settleOperation(charge.reference, { state })
    }
  }
}

/** What the state of an order says about the charge that was to pay it; nothing while it is pending. */
const outcomes: Readonly<Partial<Record<Decision["type"], OperationOutcome["state"]>>> = {
  authorized: "done",
  paid: "done",
  refunded: "done",
  chargeback: "done",
  failed: "declined",
  expired: "declined",
  canceled: "declined",
}

/**
 * Announces once what a subscription has charged since the last query. The journal's row is unique for the total that
 * it leads to, so that of two queries at once only one announces it.
 */
async function recordSeries(
  { journal, announce }: GatewayContext,
  order: GatewayOrder,
  series: ChargedSeries
): Promise<void> {
  const known = await journal.moneyOfOrder(order.reference)
  const before = known
    .filter((money) => money.currency_code === series.currency)
    .reduce((sum, money) => add(sum, decimal(money.amount)), decimal("0"))
  const charged = subtract(series.total, before)
  if (known.length === 0 || !isPositive(charged)) {
    return // the first payment is the order's own; a total that was announced is not announced again
  }
  const { isNew } = await journal.receiveMoney({
    provider_id: order.provider_id,
    gateway_id: `${series.gatewayId}#${series.total}`,
    order_reference: order.reference,
    amount: charged,
    currency_code: series.currency,
  })
  if (isNew) {
    await announce({
      name: series.event,
      data: {
        provider_id: order.provider_id,
        reference: order.reference,
        session_id: order.session_id,
        customer_id: order.customer_id,
        gateway_id: series.gatewayId,
        series: series.number,
        amount: charged,
        total_amount: series.total,
        currency_code: series.currency,
      },
    })
  }
}

/** Whether the order waits for nothing more: its charge from the server was declined, and is not tried again. */
async function isChargeDeclined(
  { gateway, journal }: GatewayContext,
  { order, decision }: SyncedOrder
): Promise<boolean> {
  if (!gateway.charge || order.state !== "failed" || decision.type !== "pending") {
    return false
  }
  const charges = await journal.operationsOfOrder(order.reference, "charge")
  return charges.some(({ state }) => state === "declined")
}
