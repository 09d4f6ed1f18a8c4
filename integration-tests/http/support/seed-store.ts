import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/medusa/core-flows"

export type SeededStore = {
  publishableKey: string
  regionId: string
  salesChannelId: string
  shippingOptionId: string
  /** 100 PHP, and 99.99 PHP: with 12 % tax the second one makes a total of four places. */
  variants: { whole: string; odd: string }
}

/** A store in the Philippines with all that a checkout needs; prices are before 12 % tax unless `taxes` is off. */
export async function seedStore(
  container: MedusaContainer,
  providers: string[]
): Promise<SeededStore> {
  const link = container.resolve("link")
  const {
    result: [region],
  } = await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: "Philippines",
          currency_code: "php",
          countries: ["ph"],
          payment_providers: providers,
        },
      ],
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: [
      {
        country_code: "ph",
        provider_id: "tp_system",
        default_tax_rate: { rate: 12, code: "VAT", name: "VAT" },
      },
    ],
  })
  const {
    result: [channel],
  } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Web" }] },
  })
  const {
    result: [key],
  } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ type: "publishable", title: "Web", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: key!.id, add: [channel!.id] },
  })
  const {
    result: [location],
  } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [{ name: "Manila", address: { country_code: "PH", address_1: "1 Rizal" } }],
    },
  })
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location!.id, add: [channel!.id] },
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location!.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const {
    result: [profile],
  } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  const set = await fulfillment.createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [{ name: "PH", geo_zones: [{ country_code: "ph", type: "country" }] }],
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location!.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  const {
    result: [shipping],
  } = await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Standard",
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: set.service_zones[0]!.id,
        shipping_profile_id: profile!.id,
        type: { label: "Standard", description: "3 days", code: "standard" },
        prices: [{ currency_code: "php", amount: 0 }],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  })
  const product = (title: string, amount: number) => ({
    title,
    status: ProductStatus.PUBLISHED,
    shipping_profile_id: profile!.id,
    options: [{ title: "Size", values: ["One"] }],
    variants: [
      {
        title: "One",
        options: { Size: "One" },
        manage_inventory: false,
        prices: [{ amount, currency_code: "php" }],
      },
    ],
    sales_channels: [{ id: channel!.id }],
  })
  const { result: products } = await createProductsWorkflow(container).run({
    input: { products: [product("Barako coffee", 100), product("Calamansi jam", 99.99)] },
  })
  return {
    publishableKey: key!.token,
    regionId: region!.id,
    salesChannelId: channel!.id,
    shippingOptionId: shipping!.id,
    variants: { whole: products[0]!.variants[0]!.id, odd: products[1]!.variants[0]!.id },
  }
}
