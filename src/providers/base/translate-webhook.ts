import type { WebhookActionResult } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { decimal, equal } from "../../gateways/shared/decimal"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { askOrder } from "./ask-order"
import type { GatewayContext } from "./gateway-context"
import type { Verdict } from "./judge-report"
import type { PaymentModuleRows } from "./payment-module-rows"
import { isWantedBy } from "./replace-order"
import type { WebhookMessage } from "./webhook-reading"

/** What of the payment module's rows a webhook is held against. */
export type WebhookSurroundings = Pick<PaymentModuleRows, "isOwnProvider" | "ownSession">

/** Without a session id Medusa's own subscriber leaves the event alone. */
const ignored: WebhookActionResult = { action: PaymentActions.NOT_SUPPORTED }

/**
 * Turns a gateway's callback into what Medusa should do. The callback only says whose order to ask about:
 * what happened is what the gateway then answers, server to server, and only a session that exists, belongs
 * to this provider and wants this amount is ever named to Medusa, which otherwise completes some other
 * shopper's cart.
 *
 * @throws GatewayError when the gateway can't be asked; Medusa then tries the event again
 */
export async function translateWebhook(
  context: GatewayContext,
  message: WebhookMessage,
  surroundings: WebhookSurroundings
): Promise<WebhookActionResult> {
  const { gateway, journal, log } = context
  const reading = gateway.parseWebhook(message)
  switch (reading.type) {
    case "forged":
      log.warn(`${gateway.title}: a webhook without a valid signature was dropped`)
      return ignored
    case "unreadable":
      log.warn(`${gateway.title}: a webhook could not be read: ${reading.reason}`)
      return ignored
    case "foreign":
      log.info(`${gateway.title}: a webhook is not about a payment here: ${reading.reason}`)
      return ignored
    case "event":
      break
  }
  const order = await journal.findOrder(reading.reference)
  if (!order || !surroundings.isOwnProvider(order.provider_id)) {
    log.warn(`${gateway.title}: a webhook names an order that this shop has not opened`)
    return ignored
  }
  if (reading.claimedAmount !== undefined && !sameAmount(reading.claimedAmount, order.amount)) {
    log.warn(
      `${gateway.title}: a webhook for ${order.reference} names another amount than the ${order.amount} ` +
        `${order.currency_code} that were ordered`
    )
  }
  const { order: asked, verdict } = await askOrder(context, order)
  const session = await surroundings.ownSession(order.session_id)
  if (!session) {
    return withoutSession(context, asked, verdict)
  }
  if (!isWantedBy(context, session, asked)) {
    log.warn(
      `${gateway.title}: payment session ${session.id} now wants another amount than ${asked.reference}, ` +
        `which is ${verdict.type}: it is left alone`
    )
    return ignored
  }
  if (verdict.type === "paid" && gateway.capabilities.captures !== "at_once") {
    return ignored // a capture of our own: Medusa would capture again on hearing of it
  }
  return {
    action: actions[verdict.type],
    data: { session_id: session.id, amount: decimal(asked.requested_amount) },
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
  return ignored
}

function sameAmount(one: string, other: string): boolean {
  try {
    return equal(decimal(one), decimal(other))
  } catch {
    return false
  }
}
