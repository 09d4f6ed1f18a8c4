import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { CartPayer } from "./payer-from-cart"

/** The cart that a payment collection belongs to, with what tells who pays; undefined where there is none. */
export async function cartOfCollection(
  container: MedusaContainer,
  paymentCollectionId: string
): Promise<CartPayer | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart.id", "cart.email", "cart.billing_address.*", "cart.shipping_address.*"],
    filters: { payment_collection_id: paymentCollectionId },
  })
  return data[0]?.cart ?? undefined
}
