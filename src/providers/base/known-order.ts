import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { gatewayReference } from "../../modules/payment-journal/order-reference"
import { orderDetails } from "./order-details"
import type { KnownOrder } from "./payment-gateway"

/** @param proven numbers of the gateway's whose money was received already: they are no longer hints */
export function knownOrder(order: GatewayOrder, proven: readonly string[] = []): KnownOrder {
  return {
    reference: gatewayReference(order.reference),
    amount: order.amount,
    currency: order.currency_code,
    gatewayId: order.gateway_id ?? undefined,
    expiresAt: order.expires_at ?? undefined,
    kept: orderDetails(order).kept ?? {},
    hints: order.hints.filter((hint) => !proven.includes(hint)),
  }
}
