import type { MedusaContainer } from "@medusajs/framework/types"
import { orderOfCart, orderOfCollection } from "../medusa-reads"
import { linkOrderToPayments } from "../medusa-writes"

/** An order holds a cart's payments that is not the cart's; nothing was done. */
export class LeftOrderError extends Error {
  constructor(orderId: string, cartId: string) {
    super(
      `Order ${orderId} was left by a server that died while it completed cart ${cartId}, and holds the cart's ` +
        `payments: it is taken back first`
    )
  }
}

/**
 * Makes sure that the order of a cart and the one that holds the cart's payments are one, before the cart is completed
 * or a payment of it is booked. Core links an order to both at once, and a server can die between the two:
 * - linked to the cart alone, it would never be paid: it is linked to the payments, as core was about to
 * - linked to the payments alone, core could make no other order of the cart, and would give back what it captured before
 *   it finds out. Such an order is taken back within minutes; see `reviewOrphanOrders`
 *
 * The caller holds the lease of the cart's completion.
 *
 * @param collectionId the payment collection of the cart
 * @throws LeftOrderError while the payments are another order's: then it is to be tried again
 */
export async function mendOrderLinks(
  container: MedusaContainer,
  collectionId: string,
  cartId: string
): Promise<void> {
  const ofPayments = await orderOfCollection(container, collectionId)
  const ofCart = await orderOfCart(container, cartId)
  if (ofPayments && ofCart === undefined) {
    throw new LeftOrderError(ofPayments.order_id, cartId)
  }
  if (!ofPayments && ofCart !== undefined) {
    await linkOrderToPayments(container, ofCart, collectionId)
  }
}
