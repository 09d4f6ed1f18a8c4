import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { isWantedBy, chargeableAmount, medusaAmount } from "../../providers/base/amounts"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { cartIdOfCollection, orderOfCart } from "../medusa-reads"

/** What a cart costs at this moment, exact and not rounded, in major units; the currency in lower case. */
export type CartTotal = { cart_id: string; amount: BigNumberInput; currency_code: string }

/** An amount at the gateway's decimals, in major units. */
export type Money = { amount: string; currency_code: string }

/**
 * What the cart of a payment collection costs now. Undefined where the collection is no cart's, or the cart is an
 * order already.
 *
 * Assumption: a cart is paid as a whole. Core opens each payment of a cart for its total, and places the order
 * whatever was paid: it never compares the two.
 */
export async function cartTotal(
  container: MedusaContainer,
  payment_collection_id: string
): Promise<CartTotal | undefined> {
  const cart_id = await cartIdOfCollection(container, payment_collection_id)
  return cart_id ? await totalOfOpenCart(container, cart_id) : undefined
}

/** The same by the cart's own id. */
export async function totalOfOpenCart(
  container: MedusaContainer,
  cart_id: string
): Promise<CartTotal | undefined> {
  if ((await orderOfCart(container, cart_id)) !== undefined) {
    return undefined
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: ["id", "currency_code", "total", "raw_total"],
    filters: { id: cart_id },
  })
  const [cart] = data
  return (
    cart && { cart_id, amount: cart.raw_total ?? cart.total, currency_code: cart.currency_code }
  )
}

/** Whether an order at a gateway is for what the cart costs, rounded as that gateway is paid. */
export function isForTotal(
  context: GatewayContext,
  order: GatewayOrder,
  { amount, currency_code }: CartTotal
): boolean {
  return isWantedBy(context, { amount, currency_code }, order)
}

/** The total as this gateway would be paid it; as it is where the gateway can't be paid it. */
export function totalAt({ gateway }: GatewayContext, total: CartTotal): Money {
  try {
    const { charged, currency } = chargeableAmount(gateway, total.amount, total.currency_code)
    return { amount: charged, currency_code: currency }
  } catch (error) {
    if (MedusaError.isMedusaError(error)) {
      return { amount: medusaAmount(total.amount), currency_code: total.currency_code }
    }
    throw error
  }
}

/**
 * The payment of a cart whose total is another by now than when it was opened; undefined where there is no such
 * payment of this package's gateways, or another one is for the total.
 */
export async function paymentForOtherTotal(
  container: MedusaContainer,
  cartId: string
): Promise<{ order: GatewayOrder; total: Money } | undefined> {
  const orders = await journalOf(container).bindingOrdersOfCart(cartId)
  const total = orders.length > 0 ? await totalOfOpenCart(container, cartId) : undefined
  if (!total) {
    return undefined
  }
  const opened = orders.flatMap((order) => {
    const context = gatewayContextOf(container, order.provider_id)?.context
    return context ? [{ order, context }] : []
  })
  const [newest] = opened
  return newest && !opened.some(({ order, context }) => isForTotal(context, order, total))
    ? { order: newest.order, total: totalAt(newest.context, total) }
    : undefined
}
