import { sessionOf } from "./session-of"
import type { WebhookActionResult } from "@medusajs/framework/types"
import { decimal, equal } from "../../gateways/shared/decimal"
import { askAboutEvent } from "./ask-about-event"
import type { GatewayContext } from "./gateway-context"
import { medusaAction, nothingToDo } from "./medusa-action"
import type { PaymentModuleRows } from "./payment-module-rows"
import type { WebhookMessage } from "../../gateways/shared/webhook-reading"

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
  const asked = await askAboutEvent(context, order, {
    isProven: reading.eventKey !== undefined,
    isLater: reading.isLater ?? false,
    gatewayId: reading.gatewayId,
  })
  return medusaAction(context, asked, await surroundings.ownSession(sessionOf(order)))
}

function sameAmount(one: string, other: string): boolean {
  try {
    return equal(decimal(one), decimal(other))
  } catch {
    return false
  }
}
