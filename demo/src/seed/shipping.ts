import { createShippingOptionsWorkflow, createShippingProfilesWorkflow } from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Market } from "./markets"
import type { Warehouse } from "./warehouse"

/** A service zone for each market, and its ways of shipping. */
export async function ensureShipping(
  container: MedusaContainer,
  warehouse: Warehouse,
  markets: readonly Market[]
): Promise<{ shippingProfileId: string }> {
  const shippingProfileId = await ensureProfile(container)
  for (const market of markets) {
    const serviceZoneId = await ensureZone(container, warehouse, market)
    await ensureOptions(container, market, { serviceZoneId, shippingProfileId })
  }
  return { shippingProfileId }
}

async function ensureProfile(container: MedusaContainer): Promise<string> {
  const [existing] = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingProfiles({ type: "default" })
  if (existing) return existing.id
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  const [profile] = result
  if (!profile) throw new Error("Medusa made no shipping profile and gave no reason")
  return profile.id
}

async function ensureZone(
  container: MedusaContainer,
  { fulfillmentSetId }: Warehouse,
  { region, country }: Market
): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [existing] = await fulfillment.listServiceZones({ name: region })
  if (existing) return existing.id
  const created = await fulfillment.createServiceZones({
    name: region,
    fulfillment_set_id: fulfillmentSetId,
    geo_zones: [{ type: "country", country_code: country }],
  })
  return created.id
}

async function ensureOptions(
  container: MedusaContainer,
  market: Market,
  { serviceZoneId, shippingProfileId }: { serviceZoneId: string; shippingProfileId: string }
): Promise<void> {
  const existing = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingOptions({ service_zone: { id: serviceZoneId } })
  const missing = market.shipping.filter(
    ({ name }) => !existing.some((option) => option.name === name)
  )
  if (missing.length === 0) return
  await createShippingOptionsWorkflow(container).run({
    input: missing.map(({ name, description, price }) => ({
      name,
      price_type: "flat" as const,
      provider_id: "manual_manual",
      service_zone_id: serviceZoneId,
      shipping_profile_id: shippingProfileId,
      type: { label: name, description, code: name.toLowerCase().replaceAll(" ", "-") },
      prices: [{ currency_code: market.currency, amount: price }],
      rules: [
        { attribute: "enabled_in_store", value: "true", operator: "eq" as const },
        { attribute: "is_return", value: "false", operator: "eq" as const },
      ],
    })),
  })
}
