import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { KnownOrder } from "./payment-gateway"

export function knownOrder(order: GatewayOrder): KnownOrder {
  return {
    reference: order.reference,
    amount: order.amount,
    currency: order.currency_code,
    gatewayId: order.gateway_id ?? undefined,
  }
}
