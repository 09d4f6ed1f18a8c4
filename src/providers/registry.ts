/** The payment gateways of this package, and what the shop's config says of them: which are configured, how each is built. */
import type { ConfigModule, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { digest } from "../gateways/shared/digest"
import { PostgresJournal } from "../modules/payment-journal/repositories/journal"
import { ProviderHealth } from "../modules/payment-journal/repositories/provider-health"
import { announceOn } from "../shared/events"
import { invalidData } from "../shared/errors"
import {
  builtGateway,
  type BuiltGateway,
  failureNoter,
  gatewayContext,
  type GatewayContext,
} from "./base/context"
import type {
  GatewayDefinition,
  GatewayTools,
  LifecycleOptions,
  PaymentGateway,
} from "./base/gateway"
import { parseOptions } from "./base/options"
import { cashy } from "./cashy/gateway"
import { kess } from "./kess/gateway"
import { mocasa } from "./mocasa/gateway"
import { mocopay } from "./mocopay/gateway"
import { paymentz } from "./paymentz/gateway"

type AnyDefinition = GatewayDefinition<LifecycleOptions>

/**
 * Every gateway of this package, by its identifier. A new one is a line here, and the compiler then asks for one in each list
 * that is held to `OwnGateway`: in account.ts, cli/add/templates.ts, admin/lib/gateway-name.ts and integration-tests/docs.
 *
 * It does not ask for these, which docs/extending.md names as well:
 * - index.ts: the function for a shop's config. The test of the command `add` fails without it.
 * - cli/command-line.ts: the name in the help, which would only lack it.
 * - testing/signed-messages.ts: the gateway's message. Without it the command `webhook` can't try one, and says so.
 * - admin/i18n: where to find credentials and address. The words of the gateway's `setUp` are shown in their place.
 * - gateways/shared/money.ts: the comment on where decimals stand.
 *
 * The gateway of another package is in none of them: see `registerGateway`.
 */
const ownGateways = { mocasa, mocopay, kess, cashy, paymentz }

export type OwnGateway = keyof typeof ownGateways

const ownDefinitions: readonly AnyDefinition[] = Object.values(ownGateways)

/** Those, and the gateways of other packages whose providers were loaded: Medusa loads all before any route is asked. */
const definitions: AnyDefinition[] = [...ownDefinitions]

/**
 * Makes the gateway of another package known to the routes, the workflows and the jobs. A second time it takes the place of
 * the first: its module was loaded anew.
 *
 * @throws MedusaError invalid_data where it is called as one of this package's
 */
export function registerGateway(definition: AnyDefinition): void {
  const { identifier, title } = definition
  if (ownDefinitions.includes(definition)) {
    return
  }
  if (isInThisPackage(identifier)) {
    throw invalidData(
      `${title}: a gateway called ${identifier} is in medusa-regional-payments itself`
    )
  }
  const place = definitions.findIndex((known) => known.identifier === identifier)
  definitions.splice(place === -1 ? definitions.length : place, 1, definition)
}

/**
 * What a step of the payment lifecycle needs, for whoever works outside the payment module: the routes, the
 * workflows, the jobs. Undefined for providers that are not of this package or not in the shop's config.
 */
export function gatewayContextOf(
  container: MedusaContainer,
  providerId: string
): { context: GatewayContext; options: LifecycleOptions } | undefined {
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const built = gatewayOf(config, providerId, log)
  if (!built) {
    return undefined
  }
  const eventBus = container.resolve(Modules.EVENT_BUS, { allowUnregistered: true })
  const context = gatewayContext(built, {
    journal: journalOf(container),
    log,
    announce: announceOn(eventBus, log),
    noteFailure: failureNoter(new ProviderHealth(connectionOf(container)), log),
  })
  return { context, options: built.options }
}

/** The journal in the store's own database. */
export function journalOf(container: MedusaContainer): PostgresJournal {
  return new PostgresJournal(connectionOf(container))
}

function connectionOf(container: MedusaContainer) {
  return container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
}

/**
 * The gateway behind one of Medusa's provider ids, for whoever needs it outside the payment module. This is
 * the one place that reads the shop's config for it.
 */
export function gatewayOf(
  config: Pick<ConfigModule, "modules">,
  providerId: string,
  log: Pick<Logger, "debug" | "warn">
): BuiltGateway<LifecycleOptions> | undefined {
  const definition = definitionOf(providerId)
  const entry = definition && entryOf(config, definition, providerId)
  if (!definition || !entry) {
    return undefined
  }
  return builtGateway(definition, entry.options, log, () => providerId)
}

/** Whether one of Medusa's provider ids, such as `pp_mocasa_mocasa`, is a gateway of this package. */
export function isOwnProvider(providerId: string): boolean {
  return definitionOf(providerId) !== undefined
}

/** The name that people read of a gateway of this package, also where the shop's config has it no more; else the id. */
export function titleOf(providerId: string): string {
  return definitionOf(providerId)?.title ?? providerId
}

/** The names of all gateways, such as `mocasa`, as they stand in what a provider is loaded from. */
export function gatewayIdentifiers(): string[] {
  return definitions.map(({ identifier }) => identifier)
}

/** Whether the gateway of this name comes with this package, and not with another one. */
export function isInThisPackage(identifier: string): boolean {
  return ownDefinitions.some((own) => own.identifier === identifier)
}

function definitionOf(providerId: string): AnyDefinition | undefined {
  return definitions.find(
    ({ identifier }) =>
      providerId === `pp_${identifier}` || providerId.startsWith(`pp_${identifier}_`)
  )
}

function entryOf(
  config: Pick<ConfigModule, "modules">,
  { identifier }: AnyDefinition,
  providerId: string
): ProviderEntry | undefined {
  return providerEntries(config).find(
    ({ resolve, id }) =>
      isProviderOf(resolve, identifier) && providerId === providerIdOf(identifier, id)
  )
}

/** Medusa's ids of all providers of this package that the shop's config lists. */
export function configuredProviderIds(config: Pick<ConfigModule, "modules">): string[] {
  return providerEntries(config).flatMap(({ resolve, id }) =>
    definitions
      .filter(({ identifier }) => isProviderOf(resolve, identifier))
      .map(({ identifier }) => providerIdOf(identifier, id))
  )
}

/** A provider of the shop's config, for whoever shows or checks how it is set up. */
export type ConfiguredProvider = {
  id: string
  /** As it stands in addresses, such as `mocasa_main`. */
  name: string
  definition: AnyDefinition
  options: LifecycleOptions
  /** Another one where the options are others; sixteen bits, too few to find a secret by. */
  fingerprint: string
  /** The same gateway anew, with no access token and no connection of before. */
  build(onCall: GatewayTools["onCall"]): PaymentGateway
}

/** @throws MedusaError invalid_data where the options can't be used, as when the store boots */
export function configuredProviders(config: Pick<ConfigModule, "modules">): ConfiguredProvider[] {
  return providerEntries(config).flatMap(({ resolve, id, options: given }) =>
    definitions
      .filter(({ identifier }) => isProviderOf(resolve, identifier))
      .map((definition) => {
        const options = parseOptions(definition, given)
        return {
          id: providerIdOf(definition.identifier, id),
          name: nameOf(definition, id),
          definition,
          options,
          fingerprint: digest("sha256", [JSON.stringify(given)])
            .toString("hex")
            .slice(0, 4),
          build: (onCall) => definition.build(options, { now: () => new Date(), onCall }),
        }
      })
  )
}

/** As it stands in addresses. */
export function nameOf({ identifier }: { identifier: string }, id: unknown): string {
  return id === undefined || id === "" ? identifier : `${identifier}_${String(id)}`
}

/** As Medusa's payment module makes it. */
function providerIdOf(identifier: string, id: string | undefined): string {
  return id ? `pp_${identifier}_${id}` : `pp_${identifier}`
}

/**
 * Whether a name in a webhook's address that no provider of the shop's has can only have been meant for a gateway
 * of this package: one of its names, however it is written, with an id that no other package's provider has.
 */
export function isMeantForUs(config: Pick<ConfigModule, "modules">, name: string): boolean {
  const [, identifier, id] = ownName().exec(decoded(name)) ?? []
  if (identifier === undefined) {
    return false
  }
  const others = paymentEntries(config).filter(
    ({ resolve }) => !definitions.some((known) => isProviderOf(resolve, known.identifier))
  )
  return !others.some((other) => (other.id ?? "") === (id ?? ""))
}

/** Such as `cashy_main`, also with what Medusa puts before it, or with another mark in between. */
function ownName(): RegExp {
  return new RegExp(`^(?:p[op]_)*(${gatewayIdentifiers().join("|")})(?:[^a-z0-9](.*))?$`, "is")
}

/** Somebody encoded it once more than was needed. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name).trim()
  } catch {
    return name.trim()
  }
}

/** What the shop's config says of the providers of this package, as it was written. */
export function ownEntries(config: Pick<ConfigModule, "modules">): OwnEntry[] {
  return listedProviders(config).flatMap((entry) => {
    const resolve = property(entry, "resolve")
    return definitions
      .filter(({ identifier }) => typeof resolve === "string" && isProviderOf(resolve, identifier))
      .map((definition) => ({
        definition,
        id: property(entry, "id"),
        options: property(entry, "options"),
      }))
  })
}

export type OwnEntry = { definition: AnyDefinition; id: unknown; options: unknown }

/** Another package's provider can have the same `id`: what a gateway is loaded from tells them apart. */
function isProviderOf(resolve: string, identifier: string): boolean {
  return new RegExp(`(^|[/\\\\])providers[/\\\\]${identifier}([/\\\\]|$)`).test(resolve)
}

function providerEntries(config: Pick<ConfigModule, "modules">): ProviderEntry[] {
  return paymentEntries(config).flatMap(({ options, ...entry }) =>
    isObject(options) ? [{ ...entry, options }] : []
  )
}

type ProviderEntry = PaymentEntry & { options: object }

/** Of this package and of others; what a module was handed over as, and not named, is not among them. */
function paymentEntries(config: Pick<ConfigModule, "modules">): PaymentEntry[] {
  return listedProviders(config).flatMap((entry) => {
    const resolve = property(entry, "resolve")
    const id = property(entry, "id")
    const options = property(entry, "options")
    return typeof resolve === "string"
      ? [{ resolve, id: typeof id === "string" ? id : undefined, options }]
      : []
  })
}

type PaymentEntry = { resolve: string; id?: string; options: unknown }

/** What the payment module's option `providers` lists, as the shop wrote it, of this package and of others. */
export function listedProviders(config: Pick<ConfigModule, "modules">): unknown[] {
  const payment: unknown = config.modules?.[Modules.PAYMENT]
  const entries = property(property(payment, "options"), "providers")
  return Array.isArray(entries) ? entries : []
}

function property(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
