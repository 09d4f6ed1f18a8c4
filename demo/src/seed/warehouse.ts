import {
  createStockLocationsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

export type Warehouse = { id: string; fulfillmentSetId: string }

const NAME = "Maginhawa Street shop"
const FULFILLMENT_SET = "Delivery"

/** The one place the shop ships from, with what Medusa links to it before anything can be shipped. */
export async function ensureWarehouse(
  container: MedusaContainer,
  salesChannelId: string
): Promise<Warehouse> {
  const [existing] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({
    name: NAME,
  })
  const id = existing?.id ?? (await createLocation(container))
  const fulfillmentSetId = await ensureFulfillmentSet(container)

  // Links that exist are left as they are.
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id, add: [salesChannelId] },
  })
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create([
    {
      [Modules.STOCK_LOCATION]: { stock_location_id: id },
      [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
    },
    {
      [Modules.STOCK_LOCATION]: { stock_location_id: id },
      [Modules.FULFILLMENT]: { fulfillment_set_id: fulfillmentSetId },
    },
  ])
  return { id, fulfillmentSetId }
}

async function createLocation(container: MedusaContainer): Promise<string> {
  const { result } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [
        {
          name: NAME,
          address: {
            address_1: "88 Maginhawa Street, Teachers Village",
            city: "Quezon City",
            postal_code: "1101",
            country_code: "ph",
          },
        },
      ],
    },
  })
  const [location] = result
  if (!location) throw new Error("Medusa made no stock location and gave no reason")
  return location.id
}

async function ensureFulfillmentSet(container: MedusaContainer): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [existing] = await fulfillment.listFulfillmentSets({ name: FULFILLMENT_SET })
  if (existing) return existing.id
  const created = await fulfillment.createFulfillmentSets({
    name: FULFILLMENT_SET,
    type: "shipping",
  })
  return created.id
}
