import { configManager } from "@medusajs/framework/config"
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MiddlewareRoute,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { configuredProviderIds, gatewayContextOf, isMeantForUs } from "../../providers/registry"
import { receiveWebhook } from "./receive-webhook"

/**
 * The addresses of webhooks whose bodies Medusa's own parser leaves alone, by any method: `readBody` reads
 * them. For payments they are named one by one, so that Medusa takes these settings before its own of
 * `/hooks/payment/:provider`, and other packages' providers keep those.
 */
export function hookRoutes(config = configManager.config): MiddlewareRoute[] {
  const ofPayments = configuredProviderIds(config)
    .flatMap((providerId) => [providerId.replace(/^pp_/, ""), providerId])
    .map((name) => `/hooks/payment/${asItIs(name)}`)
  return [...ofPayments, "/hooks/payout/:provider"].map((matcher) => ({
    matcher,
    method: ["ALL"],
    bodyParser: false,
  }))
}

/**
 * The id of the provider that a webhook's address names: without its prefix, as Medusa's own route has it, or
 * whole, as Medusa's guide writes it.
 *
 * @param isKnown whether a whole id is one of the shop's
 */
export function namedProvider(
  name: string,
  prefix: "pp_" | "po_",
  isKnown: (id: string) => boolean
): string | undefined {
  return [`${prefix}${name}`, name].find(isKnown)
}

/** An `id` is the shop's own choice: what means something in a pattern must not stop the store from booting. */
function asItIs(text: string): string {
  return text.replace(/[{}()[\]+?!:*\\]/g, "\\$&")
}

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
