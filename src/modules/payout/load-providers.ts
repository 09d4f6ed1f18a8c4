import { asFunction, asValue, Lifetime } from "@medusajs/framework/awilix"
import { moduleProviderLoader } from "@medusajs/framework/modules-sdk"
import type { Constructor, LoaderOptions, Logger, MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { invalidData, Refusal } from "../../shared/errors"
import { type OwnAddresses, ownAddressProblems } from "../../shared/provider-address"
import { problemLines } from "../../shared/validation"
import { parsePayoutOptions } from "./options"
import type { AbstractPayoutProvider, PayoutCapabilities } from "./provider"

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

export type PayoutProviderInfo = {
  /** Such as `po_mocasa_main`. */
  id: string
  title: string
  capabilities: PayoutCapabilities
  /** Of the files that its payouts go into, such as `pain.001.001.09`; null where the gateway is called. */
  fileFormat: string | null
}

/** A row names a provider that the shop's config does not have (any more). */
export class MissingProviderError extends Refusal {
  /** @param ids those there are */
  constructor(
    readonly providerId: string,
    ids: readonly string[]
  ) {
    super(
      MedusaError.Types.NOT_FOUND,
      `There is no payout provider ${providerId}. ` +
        (ids.length === 0
          ? "None is configured: the option payouts.providers of medusa-regional-payments is empty"
          : `The option payouts.providers of medusa-regional-payments has: ${ids.join(", ")}`),
      { code: "provider_gone", details: { provider: providerId } }
    )
  }
}

/** The providers of the shop's config, by their ids such as `po_mocasa_main`. */
export class PayoutProviders {
  readonly #byId: ReadonlyMap<string, AbstractPayoutProvider>

  constructor(byId: ReadonlyMap<string, AbstractPayoutProvider>) {
    this.#byId = byId
  }

  /** @throws MedusaError invalid_data naming a provider that has not what the module calls */
  static in(container: Readonly<Record<string, unknown>>, ids: readonly string[]): PayoutProviders {
    return new PayoutProviders(new Map(ids.map((id) => [id, asProvider(id, container[id])])))
  }

  list(): PayoutProviderInfo[] {
    return [...this.#byId].map(([id, { title, capabilities, files }]) => ({
      id,
      title,
      capabilities,
      fileFormat: files?.format ?? null,
    }))
  }

  /** Those whose payouts a person takes to a bank as a file: no job sends them or asks about them. */
  idsPaidByFile(): string[] {
    return [...this.#byId].filter(([, { files }]) => files !== undefined).map(([id]) => id)
  }

  isPaidByFile(id: string): boolean {
    return this.find(id)?.files !== undefined
  }

  find(id: string): AbstractPayoutProvider | undefined {
    return this.#byId.get(id)
  }

  /** @throws MissingProviderError */
  get(id: string): AbstractPayoutProvider {
    const provider = this.find(id)
    if (!provider) {
      throw new MissingProviderError(id, [...this.#byId.keys()])
    }
    return provider
  }
}

/** By what it has, and not by its class: a store may have installed the class that it extends twice. */
function asProvider(id: string, made: unknown): AbstractPayoutProvider {
  if (!isProvider(made)) {
    throw invalidData(
      `The payout provider ${id} does not have all of createBeneficiary, initiateTransfer, ` +
        "retrieveTransfer, parseWebhook and capabilities. Does its class extend AbstractPayoutProvider?"
    )
  }
  return made
}

const methods = [
  "createBeneficiary",
  "initiateTransfer",
  "retrieveTransfer",
  "parseWebhook",
] as const satisfies readonly (keyof AbstractPayoutProvider)[]

function isProvider(made: unknown): made is AbstractPayoutProvider {
  return (
    typeof made === "object" &&
    made !== null &&
    methods.every((method) => typeof Reflect.get(made, method) === "function") &&
    typeof Reflect.get(made, "capabilities") === "object"
  )
}
