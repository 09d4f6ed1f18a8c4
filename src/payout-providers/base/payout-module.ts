/** What the payout module loads for a provider of this package. */
import type { Constructor, ModuleProviderExports } from "@medusajs/framework/types"
import { ModuleProvider } from "@medusajs/framework/utils"
import { PAYOUT_MODULE, type AbstractPayoutProvider } from "../../modules/payout/provider"
import { requirePlugin } from "../../providers/base/options"

/** The default export of a provider's folder. */
export function payoutModuleProvider(
  Provider: Constructor<AbstractPayoutProvider>
): ModuleProviderExports {
  return ModuleProvider(PAYOUT_MODULE, { services: [Provider], loaders: [requirePlugin] })
}
