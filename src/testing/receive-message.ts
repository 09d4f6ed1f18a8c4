import type { WebhookActionResult } from "@medusajs/framework/types"
import { admitWebhook, type WebhookDecision, type WebhookRequest } from "../gateways/shared/webhook"
import { syncFromEvent } from "../providers/base/sync-from-event"
import type { GatewayContext } from "../providers/base/context"
import { medusaAction, nothingToDo } from "../providers/base/medusa-status"
import type { PaymentSessionRow } from "../providers/base/medusa-rows"
import { sessionOf } from "../providers/base/order-details"

export type ReceivedMessage = WebhookActionResult & {
  decision: WebhookDecision
  /** See `AskedOrder.another`. */
  another?: string
}

/** A request as the plugin's route and its workflow take it, without the database that stands between the two. */
export async function receiveMessage(
  context: GatewayContext,
  providerId: string,
  request: WebhookRequest,
  sessionById: (id: string) => PaymentSessionRow | undefined
): Promise<ReceivedMessage> {
  const { gateway, journal } = context
  const decision = admitWebhook(request, {
    webhooks: gateway.capabilities.webhooks,
    parseWebhook: (message) => gateway.parseWebhook(message),
  })
  if (decision.type !== "accepted") {
    return { ...nothingToDo, decision }
  }
  const { event, proof } = decision
  const order = await journal.findOrder(event.reference)
  if (order?.provider_id !== providerId) {
    return { ...nothingToDo, decision }
  }
  const asked = await syncFromEvent(context, order, {
    isProven: proof === "proven",
    isLater: event.isLater,
    gatewayId: event.gatewayId ?? undefined,
    claimedAmount: event.claimedAmount ?? undefined,
  })
  const session = sessionById(sessionOf(asked.order))
  const own = session?.provider_id === providerId ? session : undefined
  return { ...medusaAction(context, asked, own), decision, another: asked.another }
}
