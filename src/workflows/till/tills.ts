import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { configuredProviderIds, gatewayContextOf } from "../../providers/registry"

/** A provider that charges the code of a shopper's app, in one of its currencies. */
export type Till = {
  /** Medusa's id of the provider, such as `pp_kess_till`. */
  provider_id: string
  currency_code: string
  decimals: number
  /** Where a sale can be opened by an amount: the regions with this currency. */
  regions: { id: string; name: string }[]
}

/** The tills that the shop's config has. A provider need not be enabled in a region: that is for checkouts. */
export async function listTills(container: MedusaContainer): Promise<Till[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const regions = await container
    .resolve(Modules.REGION)
    .listRegions({}, { order: { name: "ASC" } })
  return configuredProviderIds(config).flatMap((provider_id) => {
    const gateway = gatewayContextOf(container, provider_id)?.context.gateway
    if (!gateway?.charge?.takesShopperCode) {
      return []
    }
    return Object.entries(gateway.decimals).map(([currency_code, decimals]) => ({
      provider_id,
      currency_code,
      decimals,
      regions: regions
        .filter((region) => region.currency_code === currency_code)
        .map(({ id, name }) => ({ id, name })),
    }))
  })
}

/** @throws MedusaError not_allowed for a provider that takes no shopper's code, or is not in the shop's config */
export function tillContext(container: MedusaContainer, providerId: string): GatewayContext {
  const context = gatewayContextOf(container, providerId)?.context
  if (!context?.gateway.charge?.takesShopperCode) {
    throw notAllowed(
      `${providerId} is no payment provider of this shop that takes the code of a shopper's app. List one with the ` +
        `option mode "quick" in medusa-config: see the page on KESS Pay`
    )
  }
  return context
}
