import { asFunction, asValue, Lifetime } from "@medusajs/framework/awilix"
import { moduleProviderLoader } from "@medusajs/framework/modules-sdk"
import type { Constructor, LoaderOptions, MedusaContainer } from "@medusajs/framework/types"
import { invalidData } from "../../../shared/medusa-error"
import { parsePayoutOptions } from "../payout-options"
import type { AbstractPayoutProvider } from "../payout-provider"

/** In the module's container: the ids of all providers, each of which is a key there too. */
export const PAYOUT_PROVIDERS = "payout_providers"

type ProviderClass = Constructor<AbstractPayoutProvider> & { identifier?: string }

/**
 * Checks the plugin's option `payouts` when the store boots, and makes its providers.
 *
 * @throws MedusaError invalid_data naming each option that is wrong
 */
export async function loadPayoutProviders({ container, options }: LoaderOptions): Promise<void> {
  const { providers } = parsePayoutOptions(options)
  const ids: string[] = []
  await moduleProviderLoader({
    container,
    providers,
    registerServiceFn: async (providerClass: ProviderClass, _container, entry: ProviderEntry) => {
      ids.push(registerProvider(container, providerClass, entry))
    },
  })
  container.register(PAYOUT_PROVIDERS, asValue(ids.sort()))
}

type ProviderEntry = { id?: string; options: Record<string, unknown> }

function registerProvider(
  container: MedusaContainer,
  providerClass: ProviderClass,
  { id, options }: ProviderEntry
): string {
  const { identifier } = providerClass
  if (!identifier) {
    throw invalidData(
      `The payout provider ${providerClass.name} has no static "identifier", which its id is made of`
    )
  }
  const key = id === undefined ? `po_${identifier}` : `po_${identifier}_${id}`
  if (container.hasRegistration(key)) {
    throw invalidData(
      `The option payouts.providers of medusa-regional-payments has two providers ${key}. ` +
        "Give each an id of its own"
    )
  }
  container.register(
    key,
    asFunction((cradle) => new providerClass(cradle, options), { lifetime: Lifetime.SINGLETON })
  )
  return key
}
