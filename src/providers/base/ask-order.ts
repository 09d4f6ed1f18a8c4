import { add, decimal, isZero } from "../../gateways/shared/decimal"
import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./gateway-context"
import { judgeReport, type Verdict } from "./judge-report"
import { knownOrder } from "./known-order"
import type { OrderReport } from "./payment-gateway"
import { sumOfDone } from "./sum-of-done"

export type AskedOrder = { order: GatewayOrder; verdict: Verdict }

/** Once the journal holds one of these, no later word of "pending" or "paid" undoes it. */
const settledStates: readonly GatewayOrderState[] = ["paid", "refunded", "chargeback"]

/**
 * Asks the gateway about an order, server to server, holds the answer against what was ordered, and writes
 * it to the journal before anybody acts on it.
 *
 * @throws GatewayError when the gateway gave no answer that can be read
 */
export async function askOrder(context: GatewayContext, order: GatewayOrder): Promise<AskedOrder> {
  const report = await context.gateway.queryOrder(knownOrder(order))
  const spent = await recordMoney(context, order, report)
  const { receivesInParts } = context.gateway.capabilities
  const verdict =
    spent ?? judgeReport(order, report, receivesInParts, await capturedSums(context, order))
  const after = await recordState(context, order, report, verdict)
  if (verdict.type === "mismatch") {
    context.log.error(
      `${context.gateway.title}: payment ${order.reference} is not accepted: ${verdict.explanation}. ` +
        `Look it up in the gateway's dashboard and refund or settle it there`
    )
  }
  return { order: after, verdict: journalsVerdict(after) ?? verdict }
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

/** A verdict where the gateway names a payment that was counted for another order: it pays only one. */
async function recordMoney(
  { journal }: GatewayContext,
  order: GatewayOrder,
  report: OrderReport
): Promise<Verdict | undefined> {
  if (report.state !== "paid") {
    return undefined
  }
  const payments =
    report.money === "as_ordered"
      ? [
          {
            gatewayId: order.reference, // the one payment of this order, whatever number it gets later
            amount: order.amount,
            currency: order.currency_code,
          },
        ]
      : report.money
  let spent: Verdict | undefined
  for (const payment of payments) {
    const { money } = await journal.receiveMoney({
      provider_id: order.provider_id,
      gateway_id: payment.gatewayId,
      order_reference: order.reference,
      amount: payment.amount,
      currency_code: payment.currency,
    })
    if (money.order_reference !== order.reference) {
      const explanation = `the gateway's payment ${money.gateway_id} was counted for ${money.order_reference} before`
      spent = { type: "mismatch", explanation }
    }
  }
  return spent
}

async function recordState(
  { journal }: GatewayContext,
  order: GatewayOrder,
  report: OrderReport,
  verdict: Verdict
): Promise<GatewayOrder> {
  const state = stateFor(order, report, verdict)
  if (settledStates.includes(order.state) && state === order.state) {
    return order
  }
  const changed = await journal.changeOrder(order.reference, {
    state,
    gateway_id: report.gatewayId ?? order.gateway_id,
    ...(report.nextAction && !order.details ? { details: { next_action: report.nextAction } } : {}),
  })
  return changed ?? order
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
