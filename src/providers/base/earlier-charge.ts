import { unsettledStates } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import { orderStatus } from "./order-status"

/** Whether the shop's server has sent a charge of an order that was not declined: it holds money, or may. */
export async function mayHoldCharge(
  { gateway, journal }: GatewayContext,
  { reference }: GatewayOrder
): Promise<boolean> {
  const charges = gateway.charge ? await journal.operationsOfOrder(reference, "charge") : []
  return charges.some(({ state }) => state !== "declined")
}

/** Whether it was sent and nobody knows yet what became of it. */
export async function hasUnsettledCharge(
  { gateway, journal }: GatewayContext,
  { reference }: GatewayOrder
): Promise<boolean> {
  const charges = gateway.charge ? await journal.operationsOfOrder(reference, "charge") : []
  return charges.some(({ state }) => unsettledStates.includes(state))
}

/**
 * An order of the same cart that was charged, or may have been, after the gateway was asked about it. Medusa
 * deletes a session when the shopper chooses again, and a charge whose answer never came would be followed by
 * a second one under the new session, without the shopper doing anything at the gateway.
 */
export async function earlierCharge(
  context: GatewayContext,
  order: GatewayOrder
): Promise<GatewayOrder | undefined> {
  if (order.cart_id === null) {
    return undefined
  }
  const orders = await context.journal.bindingOrdersOfCart(order.cart_id)
  const others = orders.filter(
    ({ reference, provider_id }) =>
      reference !== order.reference && provider_id === order.provider_id
  )
  for (const other of others) {
    if (await hasUnsettledCharge(context, other)) {
      await orderStatus(context, other) // settles the charge where the gateway knows
    }
    if (await mayHoldCharge(context, other)) {
      return other
    }
  }
  return undefined
}
