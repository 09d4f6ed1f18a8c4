import type { WebhookActionResult } from "@medusajs/framework/types"
import { decimal, equal } from "../../gateways/shared/decimal"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { askOrder, journalsVerdict, type AskedOrder } from "./ask-order"
import type { GatewayContext } from "./gateway-context"
import { medusaAction, nothingToDo } from "./medusa-action"
import type { PaymentModuleRows } from "./payment-module-rows"
import type { WebhookEvent, WebhookMessage } from "./webhook-reading"

/** What of the payment module's rows a webhook is held against. */
export type WebhookSurroundings = Pick<PaymentModuleRows, "isOwnProvider" | "ownSession">

/**
 * Turns a gateway's callback into what Medusa should do. The callback only says whose order to ask about:
 * what happened is what the gateway then answers, server to server.
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
      return nothingToDo
    case "unreadable":
      log.warn(`${gateway.title}: a webhook could not be read: ${reading.reason}`)
      return nothingToDo
    case "foreign":
      log.info(`${gateway.title}: a webhook is not about a payment here: ${reading.reason}`)
      return nothingToDo
    case "event":
      break
  }
  const order = await journal.findOrder(reading.reference)
  if (!order || !surroundings.isOwnProvider(order.provider_id)) {
    log.warn(`${gateway.title}: a webhook names an order that this shop has not opened`)
    return nothingToDo
  }
  if (reading.claimedAmount !== undefined && !sameAmount(reading.claimedAmount, order.amount)) {
    log.warn(
      `${gateway.title}: a webhook for ${order.reference} names another amount than the ${order.amount} ` +
        `${order.currency_code} that were ordered`
    )
  }
  const asked = await askAbout(context, order, reading)
  return medusaAction(context, asked, await surroundings.ownSession(order.session_id))
}

/** Whoever can't prove to be the gateway makes it ask only as long as there is something to find out. */
async function askAbout(
  context: GatewayContext,
  order: GatewayOrder,
  { eventKey, isLater, gatewayId }: WebhookEvent
): Promise<AskedOrder> {
  const known = journalsVerdict(order)
  if (known && eventKey === undefined && !isLater) {
    return { order, verdict: known }
  }
  return await askOrder(context, await noteHint(context, order, gatewayId))
}

async function noteHint(
  { journal }: GatewayContext,
  order: GatewayOrder,
  hint: string | undefined
): Promise<GatewayOrder> {
  if (hint === undefined || hint === order.gateway_id) {
    return order
  }
  await journal.noteHint(order.reference, hint)
  return (await journal.findOrder(order.reference)) ?? order
}

function sameAmount(one: string, other: string): boolean {
  try {
    return equal(decimal(one), decimal(other))
  } catch {
    return false
  }
}
