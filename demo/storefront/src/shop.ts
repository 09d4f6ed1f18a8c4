import Medusa from "@medusajs/js-sdk"
import type { HttpTypes } from "@medusajs/framework/types"

/** The store behind this page, and the region the shopper buys in. */
export type Shop = {
  sdk: Medusa
  publishableKey: string
  region: HttpTypes.StoreRegion
  regions: HttpTypes.StoreRegion[]
  /** Where the sandbox's wallet scans a QR by its text; a real shop has none. */
  walletUrl: string | null
}

type ShopConfig = { publishableKey: string; walletUrl: string | null }

export async function openShop(wantedRegion: string | null): Promise<Shop> {
  const answer = await fetch("/shop-config", { headers: { accept: "application/json" } })
  if (!answer.ok) throw new Error("The shop is closed at the moment. Please try again in a minute.")
  const { publishableKey, walletUrl } = (await answer.json()) as ShopConfig
  const sdk = new Medusa({ baseUrl: window.location.origin, publishableKey })
  const { regions } = await sdk.store.region.list({ order: "created_at" })
  const region = regions.find(({ id }) => id === wantedRegion) ?? regions[0]
  if (!region) throw new Error("The shop sells nowhere yet: it has no region.")
  return { sdk, publishableKey, region, regions, walletUrl }
}
