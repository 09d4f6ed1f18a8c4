import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { askOrder, journalsVerdict, type AskedOrder } from "./ask-order"
import { words, setUpAdvice } from "./errors"
import type { GatewayContext } from "./context"

/** How the gateway is asked: at once, or as a shopper may make it be asked. */
export type Ask = typeof askOrder

/**
 * Where an order stands: what the journal is sure of, else what the gateway says. An unknown outcome is
 * pending, not an error: the shopper may have paid.
 */
export async function orderStatus(
  context: GatewayContext,
  order: GatewayOrder,
  ask: Ask = askOrder
): Promise<AskedOrder> {
  const known = journalsVerdict(order)
  if (known) {
    return { order, verdict: known }
  }
  try {
    const asked = await ask(context, order)
    return (await isUsedUp(context, asked)) ? { ...asked, verdict: { type: "failed" } } : asked
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const advice = setUpAdvice(context.gateway, error, order.provider_id)
    const line = `${context.gateway.title}: could not ask about ${order.reference}${words(error)}`
    context.log.warn(advice ? `${line}. ${advice}` : line)
    return { order, verdict: { type: "pending" } }
  }
}

/** A charge from the server that was declined is not tried again: nothing is left to wait for. */
async function isUsedUp(
  { gateway, journal }: GatewayContext,
  { order, verdict }: AskedOrder
): Promise<boolean> {
  if (!gateway.charge || order.state !== "failed" || verdict.type !== "pending") {
    return false
  }
  const charges = await journal.operationsOfOrder(order.reference, "charge")
  return charges.some(({ state }) => state === "declined")
}
