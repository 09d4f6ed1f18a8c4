/** What Medusa is told of a payment by our decision: its session's status, and the action that Medusa takes on hearing of it. */
import type { WebhookActionResult } from "@medusajs/framework/types"
import { PaymentActions, PaymentSessionStatus } from "@medusajs/framework/utils"
import { decimal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { isWantedBy } from "./amounts"
import type { GatewayContext } from "./context"
import type { Decision } from "./evaluate-report"
import type { PaymentSessionRow } from "./medusa-rows"
import type { DataStatus } from "./session-data"
import type { SyncedOrder } from "./sync-order"

export function sessionStatus({ type }: { type: Decision["type"] }): Row {
  return rows[type]
}

type Row = { status: PaymentSessionStatus; dataStatus: DataStatus }

/** Where each decision leaves Medusa's payment session. */
const rows: Readonly<Record<Decision["type"], Row>> = {
  pending: { status: PaymentSessionStatus.PENDING, dataStatus: "open" },
  authorized: { status: PaymentSessionStatus.AUTHORIZED, dataStatus: "authorized" },
  paid: { status: PaymentSessionStatus.CAPTURED, dataStatus: "paid" },
  // The shopper may choose again; if this order is paid all the same, the webhook still completes the cart.
  failed: { status: PaymentSessionStatus.ERROR, dataStatus: "failed" },
  expired: { status: PaymentSessionStatus.CANCELED, dataStatus: "expired" },
  canceled: { status: PaymentSessionStatus.CANCELED, dataStatus: "canceled" },
  refunded: { status: PaymentSessionStatus.CANCELED, dataStatus: "refunded" },
  chargeback: { status: PaymentSessionStatus.ERROR, dataStatus: "chargeback" },
  // Money came, but not what was ordered: never authorized, and no second try over it.
  mismatch: { status: PaymentSessionStatus.ERROR, dataStatus: "mismatch" },
}

/**
 * What Medusa should do about an order that the gateway was asked about. Only a session that exists, belongs
 * to this provider and wants this amount is ever named to Medusa, which otherwise completes some other
 * shopper's cart.
 *
 * @param session the order's own, where this provider still has it
 */
export function medusaAction(
  context: GatewayContext,
  { order, decision }: SyncedOrder,
  session: PaymentSessionRow | undefined
): WebhookActionResult {
  if (!session) {
    return withoutSession(context, order, decision)
  }
  if (!isWantedBy(context, session, order)) {
    context.log.warn(
      `${context.gateway.title}: payment session ${session.id} now wants another amount than ` +
        `${order.reference}, which is ${decision.type}: it is left alone`
    )
    return nothingToDo
  }
  const isCaptured =
    decision.type === "paid" && context.gateway.capabilities.capture !== "automatic"
  return {
    // A capture, of our own or made at the gateway itself: on hearing of it Medusa would capture again.
    action: isCaptured ? PaymentActions.AUTHORIZED : actions[decision.type],
    data: { session_id: session.id, amount: decimal(order.requested_amount) },
  }
}

const actions: Readonly<Record<Decision["type"], PaymentActions>> = {
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
  decision: Decision
): WebhookActionResult {
  if (decision.type === "paid" || decision.type === "authorized") {
    log.warn(
      `${gateway.title}: ${order.amount} ${order.currency_code} came for ${order.reference}, but its ` +
        `payment session is gone (cart ${order.cart_id ?? "unknown"}). Refund it or settle it by hand`
    )
  }
  return nothingToDo
}

/** Without a session id Medusa leaves it alone. */
export const nothingToDo: WebhookActionResult = { action: PaymentActions.NOT_SUPPORTED }
