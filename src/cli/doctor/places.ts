/** Where in the shop's medusa-config something is changed. */

import type { ConfiguredProvider } from "../../providers/registry"
import { packageName } from "../own-package"
import type { ConfigEntry, ConfigSource } from "../config-source"
import type { Place } from "./diagnostic"

/** A place, and the environment variable that its value is taken from, where it is written as `process.env.NAME`. */
export type Located = Place & { variable: string | undefined }

/** A provider among the payment module's or the payouts' providers, as the config lists it. */
export type ListedProvider = {
  folder: "providers" | "payout-providers"
  /** Such as `mocasa`. */
  identifier: string
  id: unknown
}

/** A payment provider, as its name tells how the config lists it. */
export function listedAs({
  definition,
  name,
}: Pick<ConfiguredProvider, "definition" | "name">): ListedProvider {
  const { identifier } = definition
  return { folder: "providers", identifier, id: name.slice(identifier.length + 1) || undefined }
}

/** @param option within the provider's entry, such as `options.baseUrl` */
export function providerPlace(
  source: ConfigSource | undefined,
  { folder, identifier, id }: ListedProvider,
  option: string
): Located {
  const named = source?.entries.filter(({ resolve }) =>
    new RegExp(`(^|[/\\\\])${folder}[/\\\\]${identifier}([/\\\\]|$)`).test(resolve)
  )
  const entry = named?.find((each) => each.id === id) ?? named?.[0]
  return placeIn(source, entry, option)
}

/** @param option of the plugin's entry, such as `options.payouts.encryption` */
export function pluginPlace(source: ConfigSource | undefined, option: string): Located {
  const entry = source?.entries.find(({ resolve }) => resolve === packageName)
  return placeIn(source, entry, option)
}

/** @param name of a module such as `@medusajs/medusa/locking`; `modules` itself where the config does not list it */
export function modulePlace(source: ConfigSource | undefined, name: string): Place {
  const entry = source?.entries.find(({ resolve }) => resolve === name)
  return entry ? placeIn(source, entry, "") : configPlace(source, "modules")
}

/** @param option of the config itself, such as `plugins` */
export function configPlace(source: ConfigSource | undefined, option: string): Place {
  const object = source?.exported
  const line = source && object ? source.lineOf(object, option.split(".")) : null
  return { file: source?.file ?? "medusa-config", line, option }
}

function placeIn(
  source: ConfigSource | undefined,
  entry: ConfigEntry | undefined,
  option: string
): Located {
  const path = option.split(".").filter((name) => name !== "")
  if (entry?.isCall && path[0] === "options") {
    path.shift()
  }
  const file = source?.file ?? "medusa-config"
  if (!source || !entry?.object) {
    return { file, line: entry?.line ?? null, option, variable: undefined }
  }
  const line = source.lineOf(entry.object, path)
  return { file, line, option, variable: source.variableOf(entry.object, path) }
}
