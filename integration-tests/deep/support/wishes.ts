import { customerToken } from "../../http/support/customer-token"
import { eventually, type Shop } from "../../http/support/shop"
import type { Shopper } from "../../http/support/shopper"
import { checkOutThrough, openPage, sessionInput, type SellingThrough } from "./gateway-shop"
import { price, type MoneyCall } from "./money-calls"

/** Somebody wants money to move, and does not let go of it. */
export type Wish = {
  cartId: string
  /** Tries it, and after the first time what a person does then; true when he is told that it is done. */
  attempt(): Promise<boolean>
}

/** Brings a payment to the point before the call. */
export async function wishFor(
  shop: Shop,
  selling: SellingThrough,
  { wish, moves: { amount } }: MoneyCall
): Promise<Wish> {
  const part = amount === price ? {} : { amount }
  switch (wish) {
    case "open":
      return await wishToPay(shop, selling)
    case "charge":
      return await wishToBeCharged(shop, selling)
    case "capture":
      return await wishOfAdmin(shop, selling, ({ paymentId }) => ({
        path: `/admin/payments/${paymentId}/capture`,
        body: part,
      }))
    case "refund":
      return await wishOfAdmin(shop, selling, ({ paymentId }) => ({
        path: `/admin/payments/${paymentId}/refund`,
        body: part,
      }))
    case "cancel":
      return await wishOfAdmin(shop, selling, ({ orderId }) => ({
        path: `/admin/orders/${orderId}/cancel`,
        body: {},
      }))
  }
}

/** A shopper who chooses the method, once more where that fails, and pays what is shown. */
async function wishToPay(shop: Shop, selling: SellingThrough): Promise<Wish> {
  const shopper = shop.shopper(undefined, selling.country)
  const cartId = await shopper.fillCart()
  const collectionId = await shopper.collectionOf(cartId)
  return {
    cartId,
    attempt: async () => {
      const { status, data } = await shopper.choosePayment(
        collectionId,
        selling.providerId,
        sessionInput(selling.gateway)
      )
      if (status !== 200) {
        return false
      }
      const [session] = data.payment_collection.payment_sessions
      await openPage(session)
      selling.sandbox.pay(session.data.reference)
      return await isOrder(shop, shopper, cartId)
    },
  }
}

/** A shopper whose code is scanned, or whose card is on file: another code where the first came to nothing. */
async function wishToBeCharged(shop: Shop, selling: SellingThrough): Promise<Wish> {
  const { shopper, chargeWith } = await chargeableShopper(shop, selling)
  const { cartId, collectionId } = await checkOutThrough(shopper, selling, chargeWith())
  let isFirst = true
  return {
    cartId,
    attempt: async () => {
      if (!isFirst) {
        await shopper.choosePayment(collectionId, selling.providerId, {
          ...sessionInput(selling.gateway),
          ...chargeWith(),
        })
      }
      isFirst = false
      const { data } = await shopper.complete(cartId)
      return data.type === "order"
    },
  }
}

async function chargeableShopper(shop: Shop, { country, gateway, sandbox }: SellingThrough) {
  const { charging } = sandbox
  if (!charging) {
    throw new Error(`The sandbox of ${gateway.identifier} charges nobody`)
  }
  if (!gateway.charges?.belongsToCustomer) {
    const shopper = shop.shopper(undefined, country)
    return { shopper, chargeWith: () => charging.shopper().data }
  }
  const shopper = shop.shopper(await customerToken(shop), country)
  const { data } = await shopper.get("/store/customers/me")
  return { shopper, chargeWith: () => charging.shopper(data.customer).data }
}

type OfOrder = { orderId: string; paymentId: string }

/** An admin who repeats what he was told did not work. */
async function wishOfAdmin(
  shop: Shop,
  selling: SellingThrough,
  call: (order: OfOrder) => { path: string; body: object }
): Promise<Wish> {
  const shopper = shop.shopper(undefined, selling.country)
  const { cartId, reference } = await checkOutThrough(shopper, selling)
  selling.sandbox.pay(reference)
  if (!(await isOrder(shop, shopper, cartId))) {
    throw new Error(`${selling.name}: what was paid as ${reference} did not become an order`)
  }
  const order = await shop.orderOfCart(cartId)
  const { path, body } = call({
    orderId: order.id,
    paymentId: order.payment_collections[0]!.payments[0]!.id,
  })
  return { cartId, attempt: async () => (await shop.admin.post(path, body)).status === 200 }
}

/** The storefront completes the cart when its shopper is back, while the gateway tells of the payment. */
async function isOrder(shop: Shop, shopper: Shopper, cartId: string): Promise<boolean> {
  await shopper.complete(cartId)
  const orders = await eventually(
    async () => await shop.ordersOfCart(cartId),
    ({ length }) => length > 0
  )
  return orders.length > 0
}
