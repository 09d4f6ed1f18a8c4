/** Refunds of payment exceptions: money that no order of the shop's stands for. */
import {
  compare,
  decimal,
  type DecimalString,
  equal,
  fixedAt,
  isPositive,
  subtract,
} from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import { sumOfDone } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import { runOperation } from "./run-operation"
import { orderDecimals } from "./order-details"

/**
 * Gives back, through the gateway and exactly once, money that no order of the shop's stands for. Safe to
 * repeat: what was made before is not made again.
 *
 * @throws MedusaError not_allowed that says why the gateway can't do it, and what else the shop can do
 */
export async function refundException(
  context: GatewayContext,
  order: GatewayOrder,
  found: PaymentException
): Promise<void> {
  const { journal } = context
  const received = decimal(found.received_amount)
  const operations = await journal.operationsOfOrder(order.reference, "refund")
  const left = subtract(decimal(found.amount), givenBackFor(found, operations))
  if (isPositive(left)) {
    const whyNot = whyNoRefund(context, order, found)
    if (whyNot) {
      throw notAllowed(whyNot.message, { code: whyNot.code })
    }
    const decimals = orderDecimals(context.gateway, order)
    await runOperation(context, {
      kind: "refund",
      order,
      amount: fixedAt(left, decimals),
      limit: fixedAt(received, decimals),
      medusaId: null,
      exception: { id: found.id, amount: found.amount },
      existing: async (ids) => ids,
      reason: exceptionReason,
    })
  }
  // Not `markIfRefunded`: measured by what came for this entry, in its currency, and not by what was taken for the order.
  const made = await journal.operationsOfOrder(order.reference)
  if (compare(sumOfDone(made, "refund"), received) >= 0) {
    await journal.changeOrder(order.reference, { state: "refunded" })
  }
}

const exceptionReason = "Refunded by the shop: no order stands for the payment"

/** What was given back for this entry alone; an earlier entry of the same payment has refunds of its own. */
function givenBackFor(
  { id }: Pick<PaymentException, "id">,
  operations: readonly GatewayOperation[]
): DecimalString {
  const own = operations.filter(({ exception_id }) => exception_id === id)
  return sumOfDone(own, "refund")
}

/** Why a gateway can't give an entry's money back, so that the dashboard can say it in its own language. */
export const refundRefusals = ["no_refunds", "other_currency", "only_whole"] as const

export type RefundRefusal = {
  code: (typeof refundRefusals)[number]
  /** The same for people, with what they can do instead. */
  message: string
}

/** Undefined where the gateway can give it back, as far as is known without asking it. */
export function whyNoRefund(
  { gateway }: Pick<GatewayContext, "gateway">,
  order: GatewayOrder,
  found: PaymentException
): RefundRefusal | undefined {
  const { refund } = gateway.capabilities
  const close = "and close this with a note"
  if (refund === "none") {
    const advice = gateway.refundAdvice ?? "Pay the shopper back another way"
    const message = `${gateway.title} has no refunds. ${advice}; then close this with a note`
    return { code: "no_refunds", message }
  }
  if (found.currency_code !== order.currency_code) {
    return {
      code: "other_currency",
      message:
        `${order.reference} was opened in ${order.currency_code.toUpperCase()}, and ` +
        `${found.currency_code.toUpperCase()} came: refund it in ${gateway.title}'s dashboard ${close}`,
    }
  }
  if (refund === "full" && !equal(decimal(found.amount), decimal(found.received_amount))) {
    return {
      code: "only_whole",
      message: `${gateway.title} can only refund a payment as a whole: give ${found.amount} back another way ${close}`,
    }
  }
  return undefined
}
