import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"

/** Whose money it is, as far as the shop knows: Medusa tells the provider of customers who are logged in alone. */
export async function customerOf(
  container: MedusaContainer,
  { customer_id, cart_id }: Pick<GatewayOrder, "customer_id" | "cart_id">
): Promise<string | null> {
  if (customer_id !== null || cart_id === null) {
    return customer_id
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: ["customer_id"],
    filters: { id: cart_id },
  })
  return data[0]?.customer_id ?? null
}
