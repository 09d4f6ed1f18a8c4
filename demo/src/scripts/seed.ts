import type { ExecArgs } from "@medusajs/framework/types"
import { ensureAdmin } from "../seed/admin"
import { catalogue } from "../seed/catalogue"
import { markets } from "../seed/markets"
import { ensurePrices } from "../seed/prices"
import { ensureProducts } from "../seed/products"
import { ensureRegions } from "../seed/regions"
import { ensureShipping } from "../seed/shipping"
import { ensureStock } from "../seed/stock"
import { ensureStore } from "../seed/store"
import { ensureWarehouse } from "../seed/warehouse"

/** Makes what is missing and leaves what is there, so that it can run at any start: `medusa exec`. */
export default async function seed({ container }: ExecArgs): Promise<void> {
  const { salesChannelId } = await ensureStore(container, markets)
  await ensureRegions(container, markets)
  const warehouse = await ensureWarehouse(container, salesChannelId)
  const { shippingProfileId } = await ensureShipping(container, warehouse, markets)
  await ensureProducts(container, catalogue, { salesChannelId, shippingProfileId })
  await ensurePrices(container, catalogue)
  await ensureStock(container, warehouse.id)
  await ensureAdmin(container, {
    email: required("ADMIN_EMAIL"),
    password: required("ADMIN_PASSWORD"),
  })
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) {
    throw new Error(`${name} is not set; "npm run demo" sets it before it seeds the shop`)
  }
  return value
}
