import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"

/**
 * An order that is not paid can hold money all the same: a part of it, or another amount.
 *
 * @throws MedusaError not_allowed that names what came
 */
export async function refuseIfMoneyCame(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<void> {
  const money = order.state === "refunded" ? [] : await journal.moneyOfOrder(order.reference)
  if (money.length > 0) {
    const sums = money.map(
      ({ amount, currency_code }) => `${amount} ${currency_code.toUpperCase()}`
    )
    throw notAllowed(
      `${gateway.title} received ${sums.join(" and ")} for ${order.reference}: look it up in the ` +
        `gateway's dashboard and settle or refund it there first`
    )
  }
}
