import { add, compare, decimal, equal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { OrderReport, ProvenPayment } from "./gateway"

/** What a gateway's report means for an order: its state, or that the money is not what was ordered. */
export type Decision = { type: OrderReport["state"] } | { type: "mismatch"; explanation: string }

/**
 * Holds what the gateway says against what was ordered. Only the amount and the currency that were ordered
 * count as paid; where a gateway takes payments in parts, less is still pending and more is paid.
 *
 * @param captured what else is right for a payment that was captured in part: the sums of its captures
 */
export function evaluateReport(
  order: Pick<GatewayOrder, "amount" | "currency_code">,
  report: OrderReport,
  receivesInParts: boolean,
  captured: readonly string[] = []
): Decision {
  if (report.money === "as_ordered") {
    return { type: report.state }
  }
  if (report.state === "paid" || report.state === "authorized") {
    return evaluateMoney(order, report.state, report.money, receivesInParts, captured)
  }
  if (!receivesInParts || report.money.length === 0 || isOver(report.state)) {
    return { type: report.state }
  }
  // The gateway's word is about the order it opened; the money can have come under other numbers of its own.
  const decision = evaluateMoney(order, "paid", report.money, receivesInParts, captured)
  return decision.type === "pending" ? { type: withPart(report.state) } : decision
}

/** Time alone does not end a payment of which a part has come: a person has to see it. */
function withPart(state: OrderReport["state"]): OrderReport["state"] {
  return state === "expired" ? "pending" : state
}

/** The money that came is gone again. */
function isOver(state: OrderReport["state"]): boolean {
  return state === "refunded" || state === "chargeback"
}

function evaluateMoney(
  order: Pick<GatewayOrder, "amount" | "currency_code">,
  state: "paid" | "authorized",
  payments: readonly ProvenPayment[],
  receivesInParts: boolean,
  captured: readonly string[]
): Decision {
  const foreign = payments.find((payment) => payment.currency !== order.currency_code)
  if (foreign) {
    return mismatch(order, `${foreign.amount} ${foreign.currency}`)
  }
  const sum = payments.reduce((total, payment) => add(total, payment.amount), decimal("0"))
  const ordered = decimal(order.amount)
  const isExpected = [ordered, ...captured.map((amount) => decimal(amount))].some((amount) =>
    equal(sum, amount)
  )
  if (isExpected || (receivesInParts && compare(sum, ordered) > 0)) {
    return { type: state }
  }
  if (receivesInParts) {
    return { type: "pending" }
  }
  return mismatch(order, `${sum} ${order.currency_code}`)
}

function mismatch(
  order: Pick<GatewayOrder, "amount" | "currency_code">,
  received: string
): Decision {
  return {
    type: "mismatch",
    explanation: `ordered were ${order.amount} ${order.currency_code}, received ${received}`,
  }
}
