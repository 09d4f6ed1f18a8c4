import type { BigNumberInput } from "@medusajs/framework/types"
import { decimal, equal, exactAt, TooManyPlacesError } from "../../gateways/shared/decimal"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import { askOrder } from "./ask-order"
import { invalidData, notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import { medusaAmount } from "./medusa-amount"
import { moveMoney } from "./move-money"
import { orderPlaces } from "./order-places"
import type { PaymentGateway } from "./payment-gateway"

export type CaptureWish = {
  order: GatewayOrder
  /** What Medusa's capture row says; Medusa does not hand it over with the call. */
  amount: BigNumberInput
  captureId: string | null
  living: LivingRows
}

/**
 * Takes money that was reserved: all of it, or the true part where the gateway can. Where a gateway takes
 * the money in one step there is nothing to do but to be sure that it was taken.
 *
 * @throws MedusaError that says what can be captured
 */
export async function captureOrder(
  context: GatewayContext,
  { order, amount, captureId, living }: CaptureWish
): Promise<GatewayOrder> {
  const { gateway, journal } = context
  if (gateway.capabilities.captures === "at_once") {
    return await requirePaid(context, order)
  }
  if (order.state !== "authorized" && order.state !== "paid") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to capture`
    )
  }
  await moveMoney(context, {
    kind: "capture",
    order,
    amount: capturedAmount(gateway, order, amount),
    limit: order.amount,
    medusaId: captureId,
    living,
  })
  return (await journal.changeOrder(order.reference, { state: "paid" })) ?? order
}

async function requirePaid(context: GatewayContext, order: GatewayOrder): Promise<GatewayOrder> {
  if (order.state === "paid") {
    return order
  }
  const { order: asked, verdict } = await askOrder(context, order)
  if (verdict.type !== "paid") {
    throw notAllowed(
      `${context.gateway.title} has not received payment ${order.reference} (it is ${verdict.type}): ` +
        `nothing can be captured`
    )
  }
  return asked
}

function capturedAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  amount: BigNumberInput
): string {
  const wished = medusaAmount(amount)
  if (equal(wished, decimal(order.requested_amount)) || equal(wished, decimal(order.amount))) {
    return order.amount
  }
  const currency = order.currency_code.toUpperCase()
  if (gateway.capabilities.captures === "later") {
    throw notAllowed(
      `${gateway.title} can only capture a payment as a whole: ${order.amount} ${currency} can be ` +
        `captured, ${wished} ${currency} can't. Our reference: ${order.reference}`
    )
  }
  try {
    return exactAt(wished, orderPlaces(gateway, order))
  } catch (error) {
    if (error instanceof TooManyPlacesError) {
      throw invalidData(`${wished} ${currency} can't be captured: ${error.message}`)
    }
    throw error
  }
}
