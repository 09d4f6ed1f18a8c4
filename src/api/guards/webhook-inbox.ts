import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { gatewayContextOf, configuredProviderIds, isMeantForUs } from "../../providers/registry"
import { namedProvider } from "../webhook/hook-routes"
import { receiveWebhook } from "../webhook/receive-webhook"

/**
 * Stands before Medusa's own `POST /hooks/payment/:provider`, which answers 200 before anything is verified,
 * keeps the message in memory, and drops it where nobody has that id. Other packages' messages pass; what can
 * only be meant for one of ours is taken or refused.
 */
export async function webhookInbox(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const name = String(req.params.provider)
  const config = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const configured = configuredProviderIds(config)
  const providerId = namedProvider(name, "pp_", (id) => configured.includes(id))
  const gateway = providerId && gatewayContextOf(req.scope, providerId)?.context.gateway
  if (providerId && gateway) {
    return await receiveWebhook(req, res, {
      providerId,
      title: gateway.title,
      webhooks: gateway.capabilities.webhooks,
      parseWebhook: (message) => gateway.parseWebhook(message),
    })
  }
  if (!isMeantForUs(config, name)) {
    return next()
  }
  const addresses = configured.map((id) => `/hooks/payment/${id.replace(/^pp_/, "")}`)
  req.scope
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(
      `A webhook came to an address under /hooks/payment/ that no provider of this shop has, and was refused. ` +
        `Give the gateway one of these: ${addresses.join(", ")}`
    )
  res.status(404).json({ message: "There is no such payment provider" })
}
