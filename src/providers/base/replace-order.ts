import type { UpdatePaymentInput } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import { askOrder } from "./ask-order"
import { hasUnsettledCharge } from "./earlier-charge"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import { refuseIfMoneyCame } from "./money-that-came"
import { chargeableAmount } from "./open-order"
import type { PaymentSessionRow } from "./medusa-rows"

/** Whether an order already stands for the amount and currency that Medusa now wants. */
export function standsFor(
  { gateway }: GatewayContext,
  order: GatewayOrder,
  wanted: Pick<UpdatePaymentInput, "amount" | "currency_code">
): boolean {
  const { charged, currency } = chargeableAmount(gateway, wanted.amount, wanted.currency_code)
  return order.amount === charged && order.currency_code === currency
}

/** The same for what a session wants by now; a session can want what the gateway can't be paid with. */
export function isWantedBy(
  context: GatewayContext,
  session: Pick<PaymentSessionRow, "amount" | "raw_amount" | "currency_code">,
  order: GatewayOrder
): boolean {
  try {
    const amount = session.raw_amount ?? session.amount
    return standsFor(context, order, { amount, currency_code: session.currency_code })
  } catch (error) {
    if (MedusaError.isMedusaError(error)) {
      return false
    }
    throw error
  }
}

/**
 * Makes sure that another order may take the place of one whose amount is out of date.
 *
 * @throws MedusaError not_allowed when it was paid already, in part or in full, or the outcome of its charge
 * is not known; the gateway is asked first
 */
export async function requireUnpaid(context: GatewayContext, order: GatewayOrder): Promise<void> {
  if (order.state === "refused") {
    return // the gateway never had it: there is nothing that could have been paid
  }
  const state = await askedState(context, order)
  if (state === "paid" || state === "authorized") {
    throw notAllowed(
      `Payment ${order.reference} was already ${state} with ${order.amount} ` +
        `${order.currency_code.toUpperCase()}: complete the cart or refund it before the amount changes`
    )
  }
  await refuseIfMoneyCame(context, order)
  if (await hasUnsettledCharge(context, order)) {
    throw notAllowed(
      `The outcome of the charge of ${order.reference} with ${order.amount} ` +
        `${order.currency_code.toUpperCase()} at ${context.gateway.title} is not known yet: the amount can't ` +
        `change before it is. Try again in a minute`
    )
  }
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

/** The same again for an order that could not be opened; another one in the place of one that was. */
export function nextAttempt(current: GatewayOrder | undefined, isWanted: boolean): number {
  const attempt = current ? (parseOrderReference(current.reference)?.attempt ?? 0) : -1
  return isWanted ? attempt : attempt + 1
}

export function isUnopened(order: GatewayOrder): boolean {
  return order.state === "refused" || order.state === "opening"
}
