import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { decimalsFor } from "../../gateways/shared/money"
import { gatewayOf } from "../../providers/registry"

/** A provider that a region allows, and whose gateway does not take the region's currency. */
export type UnusableProvider = {
  providerId: string
  region: { id: string; name: string; currency_code: string }
  /** What the gateway takes; lower case. */
  taken: readonly string[]
}

type RegionRow = UnusableProvider["region"] & {
  payment_providers?: ({ id: string } | null | undefined)[] | null
}

/**
 * The providers of this package that can't be paid with where they are allowed. Medusa's dashboard lets every provider
 * be allowed in every region.
 *
 * @param regionId of one region alone; of all without it
 */
export async function unusableProviders(
  container: MedusaContainer,
  regionId?: string
): Promise<UnusableProvider[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data }: { data: RegionRow[] } = await query.graph({
    entity: "region",
    fields: ["id", "name", "currency_code", "payment_providers.id"],
    ...(regionId === undefined ? {} : { filters: { id: regionId } }),
  })
  return data.flatMap(({ payment_providers, ...region }) =>
    (payment_providers ?? []).flatMap((provider) => {
      const decimals = provider ? gatewayOf(config, provider.id, log)?.gateway.decimals : undefined
      return provider && decimals && decimalsFor(decimals, region.currency_code) === undefined
        ? [{ providerId: provider.id, region, taken: Object.keys(decimals) }]
        : []
    })
  )
}

/** For the shop's owner, who can change the region. */
export function warningOf({ providerId, region, taken }: UnusableProvider): string {
  return (
    `The region "${region.name}" (${region.id}) sells in ${region.currency_code.toUpperCase()} and allows the payment ` +
    `provider ${providerId}, which takes ${taken.join(", ").toUpperCase()} only. Shoppers are not offered it there. ` +
    "Remove it from the region in the dashboard: Settings, Regions"
  )
}
