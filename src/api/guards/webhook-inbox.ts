import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { gatewayContextOf } from "../../providers/gateway-context-of"
import { receiveWebhook } from "../webhook/receive-webhook"

/**
 * Stands before Medusa's own `POST /hooks/payment/:provider`, which answers 200 before anything is verified
 * and keeps the message in memory. Other providers' messages pass.
 */
export async function webhookInbox(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const providerId = `pp_${String(req.params.provider)}`
  const gateway = gatewayContextOf(req.scope, providerId)?.context.gateway
  if (!gateway) {
    return next()
  }
  if (req.method === "GET" && gateway.capabilities.webhooks !== "unsigned") {
    return next()
  }
  await receiveWebhook(req, res, {
    providerId,
    title: gateway.title,
    parseWebhook: (message) => gateway.parseWebhook(message),
  })
}
