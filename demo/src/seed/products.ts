import { createProductsWorkflow } from "@medusajs/core-flows"
import type { CreateProductWorkflowInputDTO, MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import type { CatalogueProduct } from "./catalogue"
import { pricesOf } from "./prices"

type Sold = { salesChannelId: string; shippingProfileId: string }

export async function ensureProducts(
  container: MedusaContainer,
  catalogue: readonly CatalogueProduct[],
  sold: Sold
): Promise<void> {
  const existing = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ handle: catalogue.map(({ handle }) => handle) })
  const missing = catalogue.filter(
    ({ handle }) => !existing.some((product) => product.handle === handle)
  )
  if (missing.length === 0) return
  await createProductsWorkflow(container).run({
    input: { products: missing.map((product) => toMedusa(product, sold)) },
  })
}

function toMedusa(
  product: CatalogueProduct,
  { salesChannelId, shippingProfileId }: Sold
): CreateProductWorkflowInputDTO {
  const option = product.option ?? { title: "Size", values: ["One size"] }
  // The storefront's files are served by the same store, so the picture needs no host and survives a change of port.
  const picture = `/shop/products/${product.handle}.svg`
  return {
    title: product.title,
    handle: product.handle,
    description: product.description,
    status: ProductStatus.PUBLISHED,
    thumbnail: picture,
    images: [{ url: picture }],
    // Without a profile and without stock Medusa asks for no delivery.
    ...(isShipped(product) && { weight: product.grams, shipping_profile_id: shippingProfileId }),
    sales_channels: [{ id: salesChannelId }],
    options: [option],
    variants: option.values.map((value) => ({
      title: value,
      sku: `${product.handle}-${value}`.toUpperCase().replaceAll(" ", "-"),
      manage_inventory: isShipped(product),
      options: { [option.title]: value },
      prices: pricesOf(product),
    })),
  }
}

function isShipped({ grams }: CatalogueProduct): boolean {
  return grams !== undefined
}
