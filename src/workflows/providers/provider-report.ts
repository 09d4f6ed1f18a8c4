/** How each provider of the shop's config is set up and how it fares, for the page of settings. Nothing secret. */

import type { ConfigModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { decimalsFor } from "../../gateways/shared/money"
import {
  messageKinds,
  type ProviderError,
  type ProviderHealthRow,
} from "../../modules/payment-journal/repositories/provider-health"
import { accountOf, type Account } from "../../providers/account"
import type { PaymentGateway } from "../../providers/base/gateway"
import { configuredProviders, gatewayOf, type ConfiguredProvider } from "../../providers/registry"
import { ownPath } from "../../shared/provider-address"
import { isPlainObject } from "../../shared/validation"
import { addressesOf, type ProviderAddresses } from "./addresses"
import { noSuchProvider, providerHealthOf } from "./check-provider"
import { checklistOf, type ChecklistItem, stateOf } from "./checklist"
import { messageLogOf } from "./message-log"

/** A region of the shop's, and whether a provider's gateway takes its currency. */
export type ProviderRegion = { id: string; name: string; currency_code: string; fits: boolean }

export type ProviderReport = {
  id: string
  title: string
  gateway: string
  state: "ready" | "attention" | "broken"
  account: Account
  /** Upper case. */
  currencies: string[]
  webhooks: "signed" | "unsigned" | "none"
  addresses: ProviderAddresses
  health: ProviderHealthRow | undefined
  messages: { count: number; verified: number }
  lastError: ProviderError | null
  isCheckCurrent: boolean
  regions: ProviderRegion[]
  possibleRegions: ProviderRegion[]
  checklist: ChecklistItem[]
}

/**
 * @param backend where whoever asks reaches the store; what the shop's config or the provider's options say of it comes first
 * @param id of one provider alone
 */
export async function providerReports(
  container: MedusaContainer,
  backend: string,
  id?: string
): Promise<ProviderReport[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const providers = configuredProviders(config).filter((each) => id === undefined || each.id === id)
  await messageLogOf(container).flush()
  const health = providerHealthOf(container)
  const healths = await health.read(providers.map((each) => each.id))
  const shop = {
    regions: await regionRows(container),
    enabled: await enabledProviders(container),
    backend: configuredBackend(config) ?? backend,
    hasMemoryLocks: hasMemoryLocks(config),
  }
  return await Promise.all(
    providers.map(async (provider) =>
      reportOf(container, provider, shop, {
        health: healths.get(provider.id),
        lastError: await health.lastError(provider.id),
      })
    )
  )
}

/** @throws MedusaError not_found for what is none of this package's providers in the shop's config */
export async function providerReport(
  container: MedusaContainer,
  backend: string,
  id: string
): Promise<ProviderReport> {
  const [report] = await providerReports(container, backend, id)
  if (!report) {
    throw noSuchProvider(id)
  }
  return report
}

/** All of the shop that how a provider is set up depends on. */
export type ShopSetUp = {
  regions: readonly RegionRow[]
  enabled: ReadonlySet<string>
  backend: string
  hasMemoryLocks: boolean
}

function reportOf(
  container: MedusaContainer,
  provider: ConfiguredProvider,
  shop: ShopSetUp,
  { health, lastError }: { health: ProviderHealthRow | undefined; lastError: ProviderError | null }
): ProviderReport {
  const { id, definition } = provider
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const gateway = gatewayOf(config, id, log)?.gateway ?? provider.build(() => undefined)
  const setUp = setUpOf(provider, gateway, shop, health)
  return {
    id,
    title: definition.title,
    gateway: definition.identifier,
    state: stateOf(setUp.checklist),
    currencies: Object.keys(gateway.decimals).map((code) => code.toUpperCase()),
    webhooks: gateway.capabilities.webhooks,
    health,
    messages: countMessages(health),
    lastError,
    ...setUp,
  }
}

/** How a provider is set up in a shop, decided purely. */
export type ProviderSetUp = Pick<
  ProviderReport,
  "account" | "addresses" | "isCheckCurrent" | "regions" | "possibleRegions" | "checklist"
>

/** @param health undefined for a provider that was never checked and never got a message */
export function setUpOf(
  provider: ConfiguredProvider,
  gateway: Pick<PaymentGateway, "capabilities" | "decimals" | "charge" | "setUp">,
  { regions, enabled, backend, hasMemoryLocks }: ShopSetUp,
  health: ProviderHealthRow | undefined
): ProviderSetUp {
  const { id, name, definition, options } = provider
  const { webhooks } = gateway.capabilities
  const account = accountOf(definition.identifier, options.baseUrl ?? "", options.environment)
  const addresses = addressesOf(provider, { webhooks, backend })
  const isCheckCurrent = health?.checked_options === provider.fingerprint
  const own = regions.filter(({ providerIds }) => providerIds.includes(id))
  const withFit = ({ providerIds: _, ...region }: RegionRow): ProviderRegion => ({
    ...region,
    fits: decimalsFor(gateway.decimals, region.currency_code) !== undefined,
  })
  const enabledIn = own.map(withFit)
  return {
    account,
    addresses,
    isCheckCurrent,
    regions: enabledIn,
    possibleRegions: regions
      .filter((region) => !own.includes(region))
      .map(withFit)
      .filter(({ fits }) => fits),
    checklist: checklistOf({
      isEnabled: enabled.has(id),
      account,
      webhooks,
      addresses,
      returnsThroughStore: addresses.return?.url.endsWith(ownPath("return", name)) ?? false,
      hasStorefrontPage: options.storefrontUrl !== undefined,
      regions: enabledIn,
      isForTill: gateway.charge?.takesShopperCode === true,
      health,
      isCheckCurrent,
      hasMemoryLocks,
      setUp: gateway.setUp,
    }),
  }
}

function countMessages(health: ProviderHealthRow | undefined): ProviderReport["messages"] {
  const letters = [...(health?.recent_messages ?? "")]
  const verified = letters.filter((letter) => letter === messageKinds.verified)
  return { count: letters.length, verified: verified.length }
}

/** A region with the providers that it allows. */
export type RegionRow = Omit<ProviderRegion, "fits"> & { providerIds: string[] }

async function regionRows(container: MedusaContainer): Promise<RegionRow[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["id", "name", "currency_code", "payment_providers.id"],
  })
  return data.map(({ id, name, currency_code, payment_providers }) => {
    const providers: readonly ({ id: string } | null | undefined)[] = payment_providers ?? []
    return { id, name, currency_code, providerIds: providers.flatMap((each) => each?.id ?? []) }
  })
}

/** Medusa turns a provider off that its config no longer has, and on again when it does. */
async function enabledProviders(container: MedusaContainer): Promise<ReadonlySet<string>> {
  const providers = await container
    .resolve(Modules.PAYMENT)
    .listPaymentProviders({ is_enabled: true }, { select: ["id"], take: null })
  return new Set(providers.map(({ id }) => id))
}

/** Medusa's own setting for where its API is reached; by default it says nothing. */
export function configuredBackend(config: ConfigModule): string | undefined {
  const { backendUrl } = config.admin ?? {}
  return backendUrl && /^https?:\/\//.test(backendUrl) ? backendUrl : undefined
}

/** Without a provider of its own Medusa's locking module keeps locks in the memory of one server. */
export function hasMemoryLocks({ modules }: Pick<ConfigModule, "modules">): boolean {
  const locking: unknown = modules?.[Modules.LOCKING]
  const options = isPlainObject(locking) ? locking.options : undefined
  const providers = isPlainObject(options) ? options.providers : undefined
  return !Array.isArray(providers) || providers.length === 0
}
