import { randomUUID } from "node:crypto"
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

/** A country that the store sells in. */
export type Market = {
  /** Lower case; so is the currency. */
  country: string
  currency: string
  /** In percent, added to the prices. */
  tax: number
  /** Prices in major units: an even one, and one that with the tax has four decimals. */
  prices: { whole: number; odd: number }
  providers: readonly string[]
}

export type SeededStore = {
  publishableKey: string
  salesChannelId: string
  shippingOptionId: string
  shippingProfileId: string
  markets: readonly Market[]
  /** In the order of the markets. */
  countries: readonly string[]
  /** By country. */
  regions: Readonly<Record<string, string>>
  /** At the prices of each market. */
  variants: { whole: string; odd: string }
}

/** 100 PHP, and 99.99 PHP: with 12 % tax the second one makes a total of four decimals. */
export function philippines(providers: readonly string[]): Market {
  return { country: "ph", currency: "php", tax: 12, prices: { whole: 100, odd: 99.99 }, providers }
}

/** A store with all that a checkout needs in each market; prices are before tax, delivery is free. */
export async function seedStore(
  container: MedusaContainer,
  markets: readonly Market[]
): Promise<SeededStore> {
  const regions = await createRegions(container, markets)
  const { channelId, publishableKey } = await createChannel(container)
  const { profileId, shippingOptionId } = await createDelivery(container, markets, channelId)
  const place = { salesChannelId: channelId, shippingProfileId: profileId, markets }
  const whole = await createVariant(container, place, "Barako coffee", "whole")
  const odd = await createVariant(container, place, "Calamansi jam", "odd")
  return {
    ...place,
    publishableKey,
    shippingOptionId,
    countries: markets.map(({ country }) => country),
    regions,
    variants: { whole, odd },
  }
}

/** A product of one variant, whose stock nobody counts, at one of the prices of each market. */
export async function createVariant(
  container: MedusaContainer,
  {
    salesChannelId,
    shippingProfileId,
    markets,
  }: Pick<SeededStore, "salesChannelId" | "shippingProfileId" | "markets">,
  title: string,
  price: keyof Market["prices"]
): Promise<string> {
  const product = {
    title,
    handle: randomUUID(),
    status: ProductStatus.PUBLISHED,
    shipping_profile_id: shippingProfileId,
    options: [{ title: "Size", values: ["One"] }],
    variants: [
      {
        title: "One",
        options: { Size: "One" },
        manage_inventory: false,
        prices: markets.map(({ currency, prices }) => ({
          amount: prices[price],
          currency_code: currency,
        })),
      },
    ],
    sales_channels: [{ id: salesChannelId }],
  }
  const { result } = await createProductsWorkflow(container).run({ input: { products: [product] } })
  return result[0]!.variants[0]!.id
}

async function createRegions(
  container: MedusaContainer,
  markets: readonly Market[]
): Promise<Record<string, string>> {
  const { result } = await createRegionsWorkflow(container).run({
    input: {
      regions: markets.map(({ country, currency, providers }) => ({
        name: country.toUpperCase(),
        currency_code: currency,
        countries: [country],
        payment_providers: [...providers],
      })),
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: markets.map(({ country, tax }) => ({
      country_code: country,
      provider_id: "tp_system",
      default_tax_rate: { rate: tax, code: "VAT", name: "VAT" },
    })),
  })
  return Object.fromEntries(markets.map(({ country }, index) => [country, result[index]!.id]))
}

async function createChannel(
  container: MedusaContainer
): Promise<{ channelId: string; publishableKey: string }> {
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
  return { channelId: channel!.id, publishableKey: key!.token }
}

async function createDelivery(
  container: MedusaContainer,
  markets: readonly Market[],
  channelId: string
): Promise<{ profileId: string; shippingOptionId: string }> {
  const link = container.resolve("link")
  const {
    result: [location],
  } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [{ name: "Manila", address: { country_code: "PH", address_1: "1 Rizal" } }],
    },
  })
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location!.id, add: [channelId] },
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location!.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  const {
    result: [profile],
  } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  const set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [
      {
        name: "Everywhere",
        geo_zones: markets.map(({ country }) => ({
          country_code: country,
          type: "country" as const,
        })),
      },
    ],
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
        prices: markets.map(({ currency }) => ({ currency_code: currency, amount: 0 })),
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  })
  return { profileId: profile!.id, shippingOptionId: shipping!.id }
}
