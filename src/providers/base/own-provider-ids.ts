import type { ProviderCradle } from "./provider-cradle"

/**
 * Under which ids the shop registered this very provider. Medusa hands a provider its options but not the
 * `id` beside them, and a shop can configure one gateway twice, each with its own merchant account.
 */
export function ownProviderIds(
  cradle: Pick<ProviderCradle, "payment_providers">,
  identifier: string,
  provider: object
): readonly string[] {
  const registered: Readonly<Record<string, unknown>> = { ...pick(cradle, identifier) }
  return Object.keys(registered).filter((id) => registered[id] === provider)
}

/** Only ids of this gateway are looked up: each look-up builds the provider behind it. */
function pick(
  cradle: Pick<ProviderCradle, "payment_providers"> & { [id: string]: unknown },
  identifier: string
): Record<string, unknown> {
  const ids = cradle.payment_providers.filter(
    (id) => id === `pp_${identifier}` || id.startsWith(`pp_${identifier}_`)
  )
  return Object.fromEntries(ids.map((id) => [id, cradle[id]]))
}
