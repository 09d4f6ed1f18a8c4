import type { ConfigModule, Logger } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { builtGateway, type BuiltGateway } from "./base/built-gateway"
import type { GatewayDefinition, LifecycleOptions } from "./base/gateway-definition"
import { cashy } from "./cashy/gateway"
import { kess } from "./kess/gateway"
import { mocasa } from "./mocasa/gateway"
import { mocopay } from "./mocopay/gateway"
import { paymentz } from "./paymentz/gateway"

type AnyDefinition = GatewayDefinition<LifecycleOptions>

/** Every gateway of this package. A new one is one line here. */
const definitions: readonly AnyDefinition[] = [mocasa, mocopay, kess, cashy, paymentz]

type ProviderEntry = { resolve: string; id?: string; options: object }

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
  return builtGateway(definition, entry.options, log)
}

/** Medusa's ids of all providers of this package that the shop's config lists. */
export function configuredProviderIds(config: Pick<ConfigModule, "modules">): string[] {
  return providerEntries(config).flatMap(({ resolve, id }) =>
    definitions
      .filter(({ identifier }) => isProviderOf(resolve, identifier))
      .map(({ identifier }) => providerIdOf(identifier, id))
  )
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
  const payment: unknown = config.modules?.[Modules.PAYMENT]
  const entries = property(property(payment, "options"), "providers")
  if (!Array.isArray(entries)) {
    return []
  }
  return entries.flatMap((entry: unknown) => {
    const resolve = property(entry, "resolve")
    const id = property(entry, "id")
    const options = property(entry, "options")
    return typeof resolve === "string" && isObject(options)
      ? [{ resolve, id: typeof id === "string" ? id : undefined, options }]
      : []
  })
}

function property(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
