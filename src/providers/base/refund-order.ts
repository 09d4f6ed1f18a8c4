import type { BigNumberInput } from "@medusajs/framework/types"
import { compare, decimal, equal, isZero, type DecimalString } from "../../gateways/shared/decimal"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import { moveMoney } from "./move-money"
import type { PaymentGateway } from "./payment-gateway"
import { possibleSums, sumOfDone } from "./sum-of-done"
import { takenAmount } from "./taken-amount"
import { wantedAmount } from "./wanted-amount"

export type RefundWish = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Medusa's refund id: new on every try. */
  refundId: string | null
  living: LivingRows
}

export type RefundedOrder = { order: GatewayOrder; isWhole: boolean }

/**
 * Gives money back within what the gateway can do, exactly once for every refund that Medusa keeps.
 *
 * @throws MedusaError that says how much can be refunded, or what else the shop can do
 */
export async function refundOrder(
  context: GatewayContext,
  { order, amount, refundId, living }: RefundWish
): Promise<RefundedOrder> {
  const { gateway, journal } = context
  if (gateway.capabilities.refunds === "none") {
    throw notAllowed(
      `${gateway.title} has no refunds. ${gateway.refundAdvice ?? "Pay the shopper back another way"}`
    )
  }
  if (order.state !== "paid" && order.state !== "refunded") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to refund`
    )
  }
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  const refunded = sumOfDone(operations, "refund")
  if (order.state === "refunded" && isZero(refunded)) {
    throw notAllowed(
      `Payment ${order.reference} was refunded at ${gateway.title} itself, not from here: there is ` +
        `nothing left to refund`
    )
  }
  const wanted = wantedAmount(gateway, order, amount, {
    whole: taken,
    done: possibleSums(operations, "refund"),
  })
  refuseParts(gateway, order, { wanted, taken, refunded })
  await moveMoney(context, {
    kind: "refund",
    order,
    amount: wanted,
    medusaId: refundId,
    living,
    ...refundLimit(gateway, order, { taken, refunded, wanted }),
  })
  const total = sumOfDone(await journal.operationsOfOrder(order.reference), "refund")
  if (compare(total, decimal(taken)) < 0) {
    return { order, isWhole: false }
  }
  const changed = await journal.changeOrder(order.reference, { state: "refunded" })
  return { order: changed ?? order, isWhole: true }
}

function refuseParts(
  gateway: PaymentGateway,
  order: GatewayOrder,
  { wanted, taken, refunded }: { wanted: string; taken: string; refunded: DecimalString }
): void {
  if (gateway.capabilities.refunds !== "full" || equal(decimal(wanted), decimal(taken))) {
    return
  }
  const currency = order.currency_code.toUpperCase()
  if (!isZero(refunded)) {
    throw notAllowed(
      `${refunded} ${currency} of ${order.reference} were refunded before, which is all that was paid`
    )
  }
  throw notAllowed(
    `${gateway.title} can only refund a payment as a whole: ${taken} ${currency} can be refunded, ` +
      `${wanted} ${currency} can't. Our reference: ${order.reference}. Refund ${taken} ${currency}, ` +
      `or pay a part back another way`
  )
}

/**
 * A gateway that refunds once has nothing left after the first refund, whatever its amount was. The first
 * one's own amount is its limit, so that of two at once the journal lets one begin.
 */
function refundLimit(
  gateway: PaymentGateway,
  order: GatewayOrder,
  { taken, refunded, wanted }: { taken: string; refunded: DecimalString; wanted: string }
): { limit: string; whyNoMore?: string } {
  if (gateway.capabilities.refunds !== "once" || compare(decimal(wanted), decimal(taken)) > 0) {
    return { limit: taken }
  }
  return {
    limit: isZero(refunded) ? wanted : refunded,
    whyNoMore:
      `${gateway.title} refunds a payment only once, and ${order.reference} was refunded already. ` +
      `Pay the rest back another way`,
  }
}
