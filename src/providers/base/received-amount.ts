import { add, decimal, fitsPlaces, fixedAt, isPositive } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./gateway-context"
import { orderPlaces } from "./order-places"

/**
 * All that the gateway proved to have received for an order, in major units at the gateway's places; undefined
 * where nothing came, or not all of it in the order's currency.
 */
export async function receivedAmount(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<string | undefined> {
  const money = await journal.moneyOfOrder(order.reference)
  const sum = money.reduce((total, { amount }) => add(total, decimal(amount)), decimal("0"))
  const places = orderPlaces(gateway, order)
  const isForeign = money.some(({ currency_code }) => currency_code !== order.currency_code)
  return isForeign || !isPositive(sum) || !fitsPlaces(sum, places)
    ? undefined
    : fixedAt(sum, places)
}
