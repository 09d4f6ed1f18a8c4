import type { UpdatePaymentInput } from "@medusajs/framework/types"
import { GatewayError } from "../../gateways/shared/gateway-error"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { askOrder } from "./ask-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import { chargeableAmount } from "./open-order"

/** Whether an order already stands for the amount and currency that Medusa now wants. */
export function standsFor(
  { gateway }: GatewayContext,
  order: GatewayOrder,
  wanted: Pick<UpdatePaymentInput, "amount" | "currency_code">
): boolean {
  const { charged, currency } = chargeableAmount(gateway, wanted.amount, wanted.currency_code)
  return order.amount === charged && order.currency_code === currency
}

/**
 * Lets go of an order whose amount is out of date, so that another attempt can take its place. It stays
 * known: the shopper may still have its link open.
 *
 * @throws MedusaError not_allowed when it was paid already; the gateway is asked first
 */
export async function letGoOfUnpaid(context: GatewayContext, order: GatewayOrder): Promise<void> {
  const state = await askedState(context, order)
  if (state === "paid" || state === "authorized") {
    throw notAllowed(
      `Payment ${order.reference} was already ${state} with ${order.amount} ` +
        `${order.currency_code.toUpperCase()}: complete the cart or refund it before the amount changes`
    )
  }
  await context.journal.releaseOrder(order.reference)
}

async function askedState(context: GatewayContext, order: GatewayOrder): Promise<string> {
  try {
    return (await askOrder(context, order)).verdict.type
  } catch (error) {
    if (error instanceof GatewayError) {
      return order.state // not to be found out now: what the journal knows has to do
    }
    throw error
  }
}
