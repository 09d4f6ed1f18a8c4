import {
  add,
  compare,
  decimal,
  equal,
  isZero,
  type DecimalString,
} from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import { moveMoney } from "./move-money"
import { noteWhole, takeUpElsewhere } from "./refund-elsewhere"
import type { PaymentGateway } from "./gateway"
import type { RefundWish } from "./refund-wish"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"

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
  if (await takeUpElsewhere(context, { order, amount, refundId, living })) {
    return await noteWhole(context, order)
  }
  if (gateway.capabilities.refunds === "none") {
    throw notAllowed(
      `${gateway.title} has no refunds. ${gateway.refundAdvice ?? "Pay the shopper back another way"}. ` +
        `Record it as refunded elsewhere, then refund it here: nothing is sent then`
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
    ...refundLimit(gateway, order, { taken, operations, wanted }),
  })
  return await noteWhole(context, order)
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
      compare(refunded, decimal(taken)) < 0
        ? `${refunded} ${currency} of ${order.reference} were given back another way, and ${gateway.title} ` +
            `can only refund a payment as a whole. Give the rest back another way too, and record it`
        : `${refunded} ${currency} of ${order.reference} were refunded before, which is all that was paid`
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
  { taken, operations, wanted }: RefundSums
): { limit: string; whyNoMore?: string } {
  const refunded = sumOfDone(operations, "refund")
  const byGateway = sumOfDone(
    operations.filter(({ made_elsewhere }) => !made_elsewhere),
    "refund"
  )
  const withThis = add(refunded, decimal(wanted))
  const isTooMuch = compare(isZero(byGateway) ? withThis : decimal(wanted), decimal(taken)) > 0
  if (gateway.capabilities.refunds !== "once" || isTooMuch) {
    return { limit: taken }
  }
  return {
    limit: isZero(byGateway) ? withThis : refunded,
    whyNoMore:
      `${gateway.title} refunds a payment only once, and ${order.reference} was refunded already. ` +
      `Pay the rest back another way, and record it as refunded elsewhere`,
  }
}

type RefundSums = {
  taken: string
  operations: readonly GatewayOperation[]
  wanted: string
}
