import { updateProductVariantsWorkflow } from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { CatalogueProduct } from "./catalogue"

type Price = { currency_code: string; amount: number }
type Variant = { id: string; prices: Price[] }

/** Products that were made when the shop sold to fewer countries lack the prices of the others. */
export async function ensurePrices(
  container: MedusaContainer,
  catalogue: readonly CatalogueProduct[]
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: products } = await query.graph({
    entity: "product",
    fields: ["handle", "variants.id", "variants.prices.currency_code", "variants.prices.amount"],
    filters: { handle: catalogue.map(({ handle }) => handle) },
  })
  const lacking = products.flatMap(({ handle, variants }) => {
    const product = catalogue.find((product) => product.handle === handle)
    return variants.flatMap((variant: Variant) => (product ? completed(variant, product) : []))
  })
  if (lacking.length === 0) return
  await updateProductVariantsWorkflow(container).run({ input: { product_variants: lacking } })
}

export function pricesOf({ prices }: Pick<CatalogueProduct, "prices">): Price[] {
  return Object.entries(prices).map(([currency_code, amount]) => ({ currency_code, amount }))
}

/** Prices that are there stay: somebody may have changed them in the dashboard. */
function completed({ id, prices }: Variant, product: CatalogueProduct): Variant[] {
  const missing = pricesOf(product).filter(
    ({ currency_code }) => !prices.some((price) => price.currency_code === currency_code)
  )
  return missing.length > 0 ? [{ id, prices: [...prices, ...missing] }] : []
}
