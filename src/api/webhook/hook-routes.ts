import { configManager } from "@medusajs/framework/config"
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { configuredProviderIds } from "../../providers/registry"

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

/** An `id` is the shop's own word: what means something in a pattern must not stop the store from booting. */
function asItIs(text: string): string {
  return text.replace(/[{}()[\]+?!:*\\]/g, "\\$&")
}
