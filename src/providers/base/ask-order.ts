import { isDeepStrictEqual } from "node:util"
import { add, decimal, isPositive, isZero, subtract } from "../../gateways/shared/money"
import { GatewayDeclinedError } from "../../gateways/shared/errors"
import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import { judgeReport, type Verdict } from "./judge-report"
import { knownOrder, orderDetails, type OrderDetails } from "./order-details"
import type { KnownOrder, OrderReport } from "./gateway"
import { recordMoney } from "./record-money"
import { recordSeries } from "./record-series"
import { settleCharge } from "./settle-charge"
import { sumOfDone } from "./amounts"

export type AskedOrder = {
  order: GatewayOrder
  verdict: Verdict
  /** See `OrderReport.alert`. */
  alert?: string
  /** The journal's reference of another payment that came under the order's reference. */
  another?: string
}

/** Once the journal holds one of these, no later word of "pending" or "paid" undoes it. */
const settledStates: readonly GatewayOrderState[] = ["paid", "refunded", "chargeback"]

/**
 * Asks the gateway about an order, server to server, holds the answer against what was ordered, and writes
 * it to the journal before anybody acts on it.
 *
 * @throws GatewayError when the gateway gave no answer that can be read
 */
export async function askOrder(context: GatewayContext, order: GatewayOrder): Promise<AskedOrder> {
  const answer = await answerAbout(context, order)
  const { money, spent } = await recordMoney(context, order, answer)
  const report = { ...answer, money }
  const { receivesInParts } = context.gateway.capabilities
  const verdict =
    spent ?? judgeReport(order, report, receivesInParts, await capturedSums(context, order))
  await tellOfChargeback(context, order, verdict)
  const after = await recordState(context, order, report, verdict)
  await settleCharge(context, after, verdict)
  if (report.series) {
    await recordSeries(context, after, report.series)
  }
  if (verdict.type === "mismatch" && !journalsVerdict(after)) {
    context.log.error(
      `${context.gateway.title}: payment ${order.reference} is not accepted: ${verdict.explanation}. ` +
        `Look it up in the gateway's dashboard and refund or settle it there`
    )
  }
  return {
    order: after,
    verdict: journalsVerdict(after) ?? verdict,
    ...(report.alert ? { alert: report.alert } : {}),
  }
}

/** That the gateway knows of no such order is an answer: nothing was paid, as with a link that nobody followed. */
async function answerAbout(context: GatewayContext, order: GatewayOrder): Promise<OrderReport> {
  try {
    return await context.gateway.queryOrder(await askable(context, order))
  } catch (error) {
    if (error instanceof GatewayDeclinedError && error.isNotFound) {
      const { code = null, gatewayMessage } = error
      return { state: "pending", word: code, message: gatewayMessage, money: [] }
    }
    throw error
  }
}

/** The verdict that the journal alone gives; undefined while the gateway has to be asked. */
export function journalsVerdict(order: GatewayOrder): Verdict | undefined {
  switch (order.state) {
    case "paid":
    case "refunded":
    case "chargeback":
      return { type: order.state }
    default:
      return undefined
  }
}

/** The order with the hints that are still to be proven. */
async function askable({ journal }: GatewayContext, order: GatewayOrder): Promise<KnownOrder> {
  if (order.hints.length === 0) {
    return knownOrder(order)
  }
  const received = await journal.moneyOfOrder(order.reference)
  return knownOrder(
    order,
    received.map((money) => money.gateway_id)
  )
}

/** Told before it is written down: told twice does less harm than never. */
async function tellOfChargeback(
  { gateway, announce, log }: GatewayContext,
  order: GatewayOrder,
  verdict: Verdict
): Promise<void> {
  if (verdict.type !== "chargeback" || order.state === "chargeback") {
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

/** The captures that were surely made, and together with one whose outcome is not known yet. */
async function capturedSums(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<string[]> {
  if (gateway.capabilities.captures === "at_once") {
    return []
  }
  const captures = await journal.operationsOfOrder(order.reference, "capture")
  const done = sumOfDone(captures, "capture")
  const unsettled = captures.filter(({ state }) => state === "intended" || state === "unknown")
  const sums = [done, ...unsettled.map(({ amount }) => add(done, decimal(amount)))]
  return sums.filter((sum) => !isZero(sum))
}

async function recordState(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  report: OrderReport,
  verdict: Verdict
): Promise<GatewayOrder> {
  const state = stateFor(order, report, verdict)
  const known = orderDetails(order)
  const details = {
    ...known,
    ...(report.nextAction && !known.next_action ? { next_action: report.nextAction } : {}),
    ...(report.surplus ? { surplus: report.surplus } : {}),
    ...(gateway.capabilities.receivesInParts ? sumOfParts(order, report) : {}),
  }
  const hasNews = !isDeepStrictEqual(details, known)
  if (settledStates.includes(order.state) && state === order.state && !hasNews) {
    return order
  }
  const changed = await journal.changeOrder(order.reference, {
    state,
    gateway_id: report.gatewayId ?? order.gateway_id,
    ...(hasNews ? { details } : {}),
  })
  return changed ?? order
}

/** What has come so far, so that the shop sees what is short or over. */
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

function stateFor(order: GatewayOrder, report: OrderReport, verdict: Verdict): GatewayOrderState {
  switch (verdict.type) {
    case "pending":
      // Being told how to pay proves that the gateway has the order.
      return order.state === "opening" && report.nextAction ? "open" : order.state
    case "mismatch":
      return order.state
    default:
      return verdict.type
  }
}
