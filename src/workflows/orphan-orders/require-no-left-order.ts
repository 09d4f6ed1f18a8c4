import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/**
 * Makes sure that no order holds a cart's payments without being the cart's order: a server left it that died while
 * it linked the order. Core could make no other order of the cart, and would give back what it captured before it
 * finds out. Such an order is taken back within minutes; see `reviewOrphanOrders`.
 *
 * @throws Error while there is one: then it is to be tried again
 */
export async function requireNoLeftOrder(
  container: MedusaContainer,
  { payment_collection_id }: { payment_collection_id: string },
  cartId: string
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: linked } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id },
  })
  const [left] = linked
  if (!left) {
    return
  }
  const { data: orders } = await query.graph({
    entity: "order_cart",
    fields: ["order_id"],
    filters: { cart_id: cartId },
  })
  if (orders.length === 0) {
    throw new Error(
      `Order ${left.order_id} was left by a server that died while it completed cart ${cartId}, and holds the cart's ` +
        `payments: it is taken back first`
    )
  }
}
