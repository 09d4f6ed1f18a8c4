import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"

/** The payment session whose money an order holds: the one it was attached to, or its own. */
export function sessionOf(order: Pick<GatewayOrder, "session_id" | "attached_session_id">): string {
  return order.attached_session_id ?? order.session_id
}
