import { configManager } from "@medusajs/framework/config"
import type { ConfigModule } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { isConfigured } from "./registry"

/**
 * Stops the store at boot where the plugin could not answer a provider's webhooks itself: it finds its providers
 * in the shop's config by what they are loaded from, and a class of its own that is loaded from elsewhere would leave
 * them to Medusa's route, which verifies nothing and keeps nothing.
 *
 * @param config nothing is checked where none is loaded, as in a unit test
 * @throws MedusaError invalid_data with the line to write
 */
export function requireOwnRoute(
  { identifier, title }: { identifier: string; title: string },
  options: object,
  config: Pick<ConfigModule, "modules"> | undefined = configManager.config
): void {
  if (config === undefined || isConfigured(config, identifier, options)) {
    return
  }
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `${title}: its provider is not loaded from this package's own path, so that its webhooks could not be taken. In ` +
      `medusa-config write { resolve: "medusa-regional-payments/providers/${identifier}", id, options } among the ` +
      `payment module's providers`
  )
}
