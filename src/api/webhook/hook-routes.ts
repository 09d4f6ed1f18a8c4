import { configManager } from "@medusajs/framework/config"
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { configuredProviderIds } from "../../providers/registry"

/**
 * The addresses of webhooks whose bodies Medusa's own parser leaves alone, by any method: `readBody` reads
 * them. For payments they are named one by one, so that Medusa takes these settings before its own of
 * `/hooks/payment/:provider`, and other packages' providers keep those.
 */
export function hookRoutes(config = configManager.config): MiddlewareRoute[] {
  const ofPayments = configuredProviderIds(config).map(
    (providerId) => `/hooks/payment/${asItIs(providerId.replace(/^pp_/, ""))}`
  )
  return [...ofPayments, "/hooks/payout/:provider"].map((matcher) => ({
    matcher,
    method: ["ALL"],
    bodyParser: false,
  }))
}

/** An `id` is the shop's own word: what means something in a pattern must not stop the store from booting. */
function asItIs(text: string): string {
  return text.replace(/[{}()[\]+?!:*\\]/g, "\\$&")
}
