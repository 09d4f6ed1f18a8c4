import { asFunction, asValue, Lifetime } from "@medusajs/framework/awilix"
import { moduleProviderLoader } from "@medusajs/framework/modules-sdk"
import type { Constructor, LoaderOptions, Logger, MedusaContainer } from "@medusajs/framework/types"
import { problemLines } from "../../../shared/validation"
import { invalidData } from "../../../shared/medusa-error"
import { ownAddressProblems, type OwnAddresses } from "../../../shared/provider-address"
import { parsePayoutOptions } from "../payout-options"
import type { AbstractPayoutProvider } from "../payout-provider"

/** In the module's container: the ids of all providers, each of which is a key there too. */
export const PAYOUT_PROVIDERS = "payout_providers"

type ProviderClass = Constructor<AbstractPayoutProvider> & {
  identifier?: string
  ownAddresses?: OwnAddresses
}

/**
 * Checks the plugin's options when the store boots, and makes its payout providers.
 *
 * @throws MedusaError invalid_data naming each option that is wrong, of all providers at once
 */
export async function loadPayoutProviders({ container, options }: LoaderOptions): Promise<void> {
  const { providers } = parsePayoutOptions(options)
  const ids: string[] = []
  const problems: string[] = []
  for (const provider of providers) {
    try {
      await moduleProviderLoader({
        container,
        providers: [provider],
        registerServiceFn: async (service: ProviderClass, _container, entry: ProviderEntry) => {
          ids.push(registerProvider(container, service, entry))
        },
      })
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  if (problems.length > 0) {
    throw invalidData(problems.join("\n"))
  }
  container.register(PAYOUT_PROVIDERS, asValue(ids.sort()))
}

type ProviderEntry = { id?: string; options: Record<string, unknown> }

function registerProvider(
  container: MedusaContainer,
  providerClass: ProviderClass,
  { id, options }: ProviderEntry
): string {
  const { identifier, ownAddresses } = providerClass
  if (!identifier) {
    throw invalidData(
      `The payout provider ${providerClass.name} has no static "identifier", which its id is made of`
    )
  }
  const name = id === undefined ? identifier : `${identifier}_${id}`
  const key = `po_${name}`
  if (container.hasRegistration(key)) {
    throw invalidData(
      `The option payouts.providers of medusa-regional-payments has two providers ${key}. ` +
        "Give each an id of its own"
    )
  }
  const problems = ownAddressProblems(ownAddresses, options, name)
  if (problems.length > 0) {
    throw invalidData(
      `The options of the payout provider ${key} can't be used:\n${problemLines(problems).join("\n")}`
    )
  }
  container.register(
    key,
    asFunction((cradle) => new providerClass(withNamedLog(cradle, key), options), {
      lifetime: Lifetime.SINGLETON,
    })
  )
  return key
}

/** Medusa does not tell a provider its id: what it writes into the log begins with it. */
function withNamedLog(cradle: { logger: Logger }, key: string): object {
  // Awilix' cradle looks up what it is asked for, so nothing of it is copied, and nothing looked up before it is used.
  return Object.create(cradle, { logger: { get: () => namedLog(cradle.logger, key) } })
}

function namedLog(logger: Logger, key: string): Logger {
  const named: Pick<Logger, "debug" | "info" | "warn"> = {
    debug: (line) => logger.debug(`${key}: ${line}`),
    info: (line) => logger.info(`${key}: ${line}`),
    warn: (line) => logger.warn(`${key}: ${line}`),
  }
  return Object.assign(Object.create(logger), named)
}
