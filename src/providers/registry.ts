import { isDeepStrictEqual } from "node:util"
import type { ConfigModule, Logger } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { builtGateway, type BuiltGateway } from "./base/context"
import type { GatewayDefinition, LifecycleOptions } from "./base/gateway"
import { cashy } from "./cashy/gateway"
import { kess } from "./kess/gateway"
import { mocasa } from "./mocasa/gateway"
import { mocopay } from "./mocopay/gateway"
import { paymentz } from "./paymentz/gateway"

type AnyDefinition = GatewayDefinition<LifecycleOptions>

/** Every gateway of this package. A new one is one line here. */
const definitions: readonly AnyDefinition[] = [mocasa, mocopay, kess, cashy, paymentz]

type PaymentEntry = { resolve: string; id?: string; options: unknown }
type ProviderEntry = PaymentEntry & { options: object }

/** Whether one of Medusa's provider ids, such as `pp_mocasa_mocasa`, is a gateway of this package. */
export function isOwnProvider(providerId: string): boolean {
  return definitionOf(providerId) !== undefined
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

/** Whether the shop's config lists a gateway of this package with these very options. */
export function isConfigured(
  config: Pick<ConfigModule, "modules">,
  identifier: string,
  options: object
): boolean {
  return providerEntries(config).some(
    (entry) => isProviderOf(entry.resolve, identifier) && isDeepStrictEqual(entry.options, options)
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

/**
 * Whether a name in a webhook's address that no provider of the shop's has can only have been meant for a gateway
 * of this package: one of its names, however it is written, with an id that no other package's provider has.
 */
export function isMeantForUs(config: Pick<ConfigModule, "modules">, name: string): boolean {
  const [, identifier, id] = ownName.exec(decoded(name)) ?? []
  if (identifier === undefined) {
    return false
  }
  const others = paymentEntries(config).filter(
    ({ resolve }) => !definitions.some((known) => isProviderOf(resolve, known.identifier))
  )
  return !others.some((other) => (other.id ?? "") === (id ?? ""))
}

/** Such as `cashy_main`, also with what Medusa puts before it, or with another mark in between. */
const ownName = new RegExp(
  `^(?:p[op]_)*(${definitions.map(({ identifier }) => identifier).join("|")})(?:[^a-z0-9](.*))?$`,
  "is"
)

/** Somebody encoded it once more than was needed. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name).trim()
  } catch {
    return name.trim()
  }
}

export type OwnEntry = { definition: AnyDefinition; id: unknown; options: unknown }

/** What the shop's config says of the providers of this package, as it was written. */
export function ownEntries(config: Pick<ConfigModule, "modules">): OwnEntry[] {
  return rawEntries(config).flatMap((entry) => {
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

/** As Medusa's payment module makes it. */
function providerIdOf(identifier: string, id: string | undefined): string {
  return id ? `pp_${identifier}_${id}` : `pp_${identifier}`
}

/** Another package's provider can have the same `id`: what a gateway is loaded from tells them apart. */
function isProviderOf(resolve: string, identifier: string): boolean {
  return new RegExp(`(^|[/\\\\])providers[/\\\\]${identifier}([/\\\\]|$)`).test(resolve)
}

function providerEntries(config: Pick<ConfigModule, "modules">): ProviderEntry[] {
  return paymentEntries(config).flatMap(({ options, ...entry }) =>
    isObject(options) ? [{ ...entry, options }] : []
  )
}

/** Of this package and of others; what a module was handed over as, and not named, is not among them. */
function paymentEntries(config: Pick<ConfigModule, "modules">): PaymentEntry[] {
  return rawEntries(config).flatMap((entry) => {
    const resolve = property(entry, "resolve")
    const id = property(entry, "id")
    const options = property(entry, "options")
    return typeof resolve === "string"
      ? [{ resolve, id: typeof id === "string" ? id : undefined, options }]
      : []
  })
}

/** As the shop wrote them. */
function rawEntries(config: Pick<ConfigModule, "modules">): unknown[] {
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
