import {
  compare,
  decimal,
  equal,
  fixedAt,
  isPositive,
  subtract,
  type DecimalString,
} from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import { moveMoney } from "./move-money"
import { orderPlaces } from "./order-details"
import { sumOfDone } from "./amounts"

const reason = "Refunded by the shop: no order stands for the payment"

/**
 * Gives back, through the gateway and exactly once, money that no order of the shop's stands for. Safe to
 * repeat: what was made before is not made again.
 *
 * @throws MedusaError not_allowed that says why the gateway can't do it, and what else the shop can do
 */
export async function refundUnmatched(
  context: GatewayContext,
  order: GatewayOrder,
  found: UnmatchedPayment
): Promise<void> {
  const { journal } = context
  const received = decimal(found.received_amount)
  const operations = await journal.operationsOfOrder(order.reference, "refund")
  const left = subtract(decimal(found.amount), givenBackFor(found, operations))
  if (isPositive(left)) {
    const whyNot = whyNoRefund(context, order, found)
    if (whyNot) {
      throw notAllowed(whyNot)
    }
    const places = orderPlaces(context.gateway, order)
    await moveMoney(context, {
      kind: "refund",
      order,
      amount: fixedAt(left, places),
      limit: fixedAt(received, places),
      medusaId: null,
      unmatched: { id: found.id, amount: found.amount },
      living: async (ids) => ids,
      reason,
    })
  }
  const made = await journal.operationsOfOrder(order.reference)
  if (compare(sumOfDone(made, "refund"), received) >= 0) {
    await journal.changeOrder(order.reference, { state: "refunded" })
  }
}

/** For this entry: an earlier one of the same payment was given back by itself. */
function givenBackFor(
  { id }: Pick<UnmatchedPayment, "id">,
  operations: readonly GatewayOperation[]
): DecimalString {
  const own = operations.filter(({ unmatched_id }) => unmatched_id === id)
  return sumOfDone(own, "refund")
}

/** Undefined where the gateway can give it back, as far as is known without asking it. */
export function whyNoRefund(
  { gateway }: Pick<GatewayContext, "gateway">,
  order: GatewayOrder,
  found: UnmatchedPayment
): string | undefined {
  const { refunds } = gateway.capabilities
  const close = "and close this with a note"
  if (refunds === "none") {
    const advice = gateway.refundAdvice ?? "Pay the shopper back another way"
    return `${gateway.title} has no refunds. ${advice}; then close this with a note`
  }
  if (found.currency_code !== order.currency_code) {
    return (
      `${order.reference} was opened in ${order.currency_code.toUpperCase()}, and ` +
      `${found.currency_code.toUpperCase()} came: refund it in ${gateway.title}'s dashboard ${close}`
    )
  }
  if (refunds === "full" && !equal(decimal(found.amount), decimal(found.received_amount))) {
    return `${gateway.title} can only refund a payment as a whole: give ${found.amount} back another way ${close}`
  }
  return undefined
}
