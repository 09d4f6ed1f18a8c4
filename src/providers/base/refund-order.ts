import type { BigNumberInput } from "@medusajs/framework/types"
import {
  add,
  compare,
  decimal,
  equal,
  exactAt,
  fixedAt,
  subtract,
  TooManyPlacesError,
  type DecimalString,
} from "../../gateways/shared/decimal"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import { invalidData, notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import { medusaAmount } from "./medusa-amount"
import { moveMoney } from "./move-money"
import { orderPlaces } from "./order-places"
import type { PaymentGateway } from "./payment-gateway"
import { takenAmount } from "./taken-amount"

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
  const refunded = sumOfDone(operations)
  const wanted = wantedAmount(gateway, order, amount, taken, refunded)
  refuseParts(gateway, order, wanted, taken)
  await moveMoney(context, {
    kind: "refund",
    order,
    amount: wanted,
    medusaId: refundId,
    living,
    ...refundLimit(gateway, order, taken, refunded),
  })
  const total = sumOfDone(await journal.operationsOfOrder(order.reference, "refund"))
  if (compare(total, decimal(taken)) < 0) {
    return { order, isWhole: false }
  }
  const changed = await journal.changeOrder(order.reference, { state: "refunded" })
  return { order: changed ?? order, isWhole: true }
}

/**
 * The amount at the gateway's places. Medusa's own total can have more places than were charged: giving
 * back all of it, or all that is left, means all that was taken. What an admin typed is never rounded.
 */
function wantedAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  amount: BigNumberInput,
  taken: string,
  refunded: DecimalString
): string {
  const places = orderPlaces(gateway, order)
  const wished = medusaAmount(amount)
  const requested = decimal(order.requested_amount)
  if (equal(decimal(taken), decimal(order.amount))) {
    if (equal(wished, requested)) {
      return taken
    }
    if (equal(wished, subtract(requested, refunded))) {
      return fixedAt(subtract(decimal(taken), refunded), places)
    }
  }
  try {
    return exactAt(wished, places)
  } catch (error) {
    if (error instanceof TooManyPlacesError) {
      throw invalidData(
        `${gateway.title} counts ${order.currency_code.toUpperCase()} with ${places} decimal places: ` +
          `${wished} can't be refunded. Enter an amount with at most ${places} places`
      )
    }
    throw error
  }
}

function refuseParts(
  gateway: PaymentGateway,
  order: GatewayOrder,
  wanted: string,
  taken: string
): void {
  if (gateway.capabilities.refunds !== "full" || equal(decimal(wanted), decimal(taken))) {
    return
  }
  const currency = order.currency_code.toUpperCase()
  throw notAllowed(
    `${gateway.title} can only refund a payment as a whole: ${taken} ${currency} can be refunded, ` +
      `${wanted} ${currency} can't. Our reference: ${order.reference}. Refund ${taken} ${currency}, ` +
      `or pay a part back another way`
  )
}

/** A gateway that refunds once has nothing left after the first refund, whatever its amount was. */
function refundLimit(
  gateway: PaymentGateway,
  order: GatewayOrder,
  taken: string,
  refunded: DecimalString
): { limit: string; whyNoMore?: string } {
  if (gateway.capabilities.refunds !== "once" || equal(refunded, decimal("0"))) {
    return { limit: taken }
  }
  return {
    limit: refunded,
    whyNoMore:
      `${gateway.title} refunds a payment only once, and ${refunded} ${order.currency_code.toUpperCase()} ` +
      `of ${order.reference} were refunded already. Pay the rest back another way`,
  }
}

function sumOfDone(operations: readonly GatewayOperation[]): DecimalString {
  return operations
    .filter((operation) => operation.kind === "refund" && operation.state === "done")
    .reduce((sum, operation) => add(sum, decimal(operation.amount)), decimal("0"))
}
