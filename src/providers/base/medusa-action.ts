import type { WebhookActionResult } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { decimal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { AskedOrder } from "./ask-order"
import type { GatewayContext } from "./gateway-context"
import type { Verdict } from "./judge-report"
import type { PaymentSessionRow } from "./provider-cradle"
import { isWantedBy } from "./replace-order"

/** Without a session id Medusa leaves it alone. */
export const nothingToDo: WebhookActionResult = { action: PaymentActions.NOT_SUPPORTED }

/**
 * What Medusa should do about an order that the gateway was asked about. Only a session that exists, belongs
 * to this provider and wants this amount is ever named to Medusa, which otherwise completes some other
 * shopper's cart.
 *
 * @param session the order's own, where this provider still has it
 */
export function medusaAction(
  context: GatewayContext,
  { order, verdict }: AskedOrder,
  session: PaymentSessionRow | undefined
): WebhookActionResult {
  if (!session) {
    return withoutSession(context, order, verdict)
  }
  if (!isWantedBy(context, session, order)) {
    context.log.warn(
      `${context.gateway.title}: payment session ${session.id} now wants another amount than ` +
        `${order.reference}, which is ${verdict.type}: it is left alone`
    )
    return nothingToDo
  }
  const isCaptured = verdict.type === "paid" && context.gateway.capabilities.captures !== "at_once"
  return {
    // A capture, of our own or made at the gateway itself: on hearing of it Medusa would capture again.
    action: isCaptured ? PaymentActions.AUTHORIZED : actions[verdict.type],
    data: { session_id: session.id, amount: decimal(order.requested_amount) },
  }
}

const actions: Readonly<Record<Verdict["type"], PaymentActions>> = {
  pending: PaymentActions.PENDING,
  authorized: PaymentActions.AUTHORIZED,
  paid: PaymentActions.SUCCESSFUL,
  failed: PaymentActions.FAILED,
  expired: PaymentActions.CANCELED,
  canceled: PaymentActions.CANCELED,
  refunded: PaymentActions.NOT_SUPPORTED, // our own refund, or one made at the gateway: nothing to complete
  chargeback: PaymentActions.NOT_SUPPORTED, // an order exists by then; the journal holds the state
  mismatch: PaymentActions.FAILED,
}

function withoutSession(
  { gateway, log }: GatewayContext,
  order: GatewayOrder,
  verdict: Verdict
): WebhookActionResult {
  if (verdict.type === "paid" || verdict.type === "authorized") {
    log.warn(
      `${gateway.title}: ${order.amount} ${order.currency_code} came for ${order.reference}, but its ` +
        `payment session is gone (cart ${order.cart_id ?? "unknown"}). Refund it or settle it by hand`
    )
  }
  return nothingToDo
}
