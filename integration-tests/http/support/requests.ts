import { randomUUID } from "node:crypto"
import { createOrderWorkflow } from "@medusajs/medusa/core-flows"
import { chargeSavedMethodWorkflow, createPaymentLinkWorkflow } from "../../../src/workflows"
import { customerToken } from "./customer-token"
import { eventually, lastAnswer, type Shop } from "./shop"
import type { Shopper } from "./shopper"
import { checkOutThrough, openPage, sessionInput, type SellingThrough } from "./gateway-shop"
import { price, type MoneyCall } from "./money-calls"

/** Somebody wants money to move, and does not let go of it. */
export type MoneyRequest = {
  /** Tries it, and after the first time what a person does then; true when he is told that it is done. */
  attempt(): Promise<boolean>
}

/** Brings a payment to the point before the call. */
export async function requestFor(
  shop: Shop,
  selling: SellingThrough,
  { request, moves: { amount } }: MoneyCall
): Promise<MoneyRequest> {
  const part = amount === price ? {} : { amount }
  switch (request) {
    case "open":
      return await requestToPay(shop, selling)
    case "charge":
      return await requestToBeCharged(shop, selling)
    case "capture":
      return await requestOfAdmin(shop, selling, ({ paymentId }) => ({
        path: `/admin/payments/${paymentId}/capture`,
        body: part,
      }))
    case "refund":
      return await requestOfAdmin(shop, selling, ({ paymentId }) => ({
        path: `/admin/payments/${paymentId}/refund`,
        body: part,
      }))
    case "cancel":
      return await requestOfAdmin(shop, selling, ({ orderId }) => ({
        path: `/admin/orders/${orderId}/cancel`,
        body: {},
      }))
    case "link":
      return await requestForLink(shop, selling)
    case "renewal":
      return await requestToRenew(shop, selling)
    case "give back":
      return await requestToGiveBack(shop, selling)
  }
}

/** A shopper who chooses the method, once more where that fails, and pays what is shown. */
async function requestToPay(shop: Shop, selling: SellingThrough): Promise<MoneyRequest> {
  const shopper = shop.shopper(undefined, selling.country)
  const cartId = await shopper.fillCart()
  const collectionId = await shopper.collectionOf(cartId)
  return {
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
async function requestToBeCharged(shop: Shop, selling: SellingThrough): Promise<MoneyRequest> {
  const { shopper, chargeWith } = await chargeableShopper(shop, selling)
  const { cartId, collectionId } = await checkOutThrough(shopper, selling, chargeWith())
  let isFirst = true
  return {
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
    return { shopper, customer: undefined, chargeWith: () => charging.shopper().data }
  }
  const email = `${randomUUID()}@example.com`
  const shopper = shop.shopper(await customerToken(shop, email), country)
  const { data } = await shopper.get("/store/customers/me")
  const { customer } = data
  return { shopper, customer, chargeWith: () => charging.shopper(customer).data }
}

type OfOrder = { orderId: string; paymentId: string }

/** An admin who repeats what he was told did not work. */
async function requestOfAdmin(
  shop: Shop,
  selling: SellingThrough,
  call: (order: OfOrder) => { path: string; body: object }
): Promise<MoneyRequest> {
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
  return { attempt: async () => (await shop.admin.post(path, body)).status === 200 }
}

/** A shop that asks by mail for what is due on an order, by another link where making one fails. */
async function requestForLink(shop: Shop, selling: SellingThrough): Promise<MoneyRequest> {
  const orderId = await unpaidOrder(shop, selling)
  return {
    attempt: async () => {
      const link = await resultOf(
        createPaymentLinkWorkflow(shop.container).run({
          input: { order_id: orderId, provider_id: selling.providerId },
        })
      )
      if (link) {
        const { reference } = await shop
          .database("gateway_order")
          .where({ session_id: link.session_id })
          .first()
        selling.sandbox.pay(reference)
        await selling.sandbox.webhooksSettled()
      }
      return await isPaid(shop, orderId)
    },
  }
}

/** A subscription that is due, and a shop that tries again until it knows that it is paid. */
async function requestToRenew(shop: Shop, selling: SellingThrough): Promise<MoneyRequest> {
  const { customer, chargeWith } = await chargeableShopper(shop, selling)
  const orderId = await unpaidOrder(shop, selling, customer)
  const { saved_method_id = "" } = chargeWith()
  return {
    attempt: async () => {
      const input = { order_id: orderId, provider_id: selling.providerId, saved_method_id }
      await resultOf(chargeSavedMethodWorkflow(shop.container).run({ input }))
      return await isPaid(shop, orderId)
    },
  }
}

/** Undefined where the shop's own code was told that it did not work. */
async function resultOf<Result>(run: Promise<{ result: Result }>): Promise<Result | undefined> {
  try {
    return (await run).result
  } catch {
    return undefined
  }
}

/** Placed, and nothing of it is paid, as a subscription's renewal is. */
async function unpaidOrder(
  shop: Shop,
  { country, gateway }: SellingThrough,
  customer?: { id: string; email: string }
): Promise<string> {
  const { result } = await createOrderWorkflow(shop.container).run({
    input: {
      region_id: shop.store.regions[country],
      sales_channel_id: shop.store.salesChannelId,
      currency_code: Object.keys(gateway.currencies)[0]!,
      customer_id: customer?.id,
      email: customer?.email ?? "renewal@example.com",
      items: [{ title: "A month of coffee", quantity: 1, unit_price: price }],
    },
  })
  return result.id
}

async function isPaid(shop: Shop, orderId: string): Promise<boolean> {
  await shop.afterWorkflows()
  return (await shop.adminOrder(orderId)).summary.pending_difference === 0
}

/** An admin who finds money in the list that no order stands for. */
async function requestToGiveBack(shop: Shop, selling: SellingThrough): Promise<MoneyRequest> {
  const { country, providerId, sandbox } = selling
  const shopper = shop.shopper(undefined, country)
  const { cartId, reference } = await checkOutThrough(shopper, selling)
  const item = { variant_id: shop.store.variants.odd, quantity: 1 }
  await shopper.post(`/store/carts/${cartId}/line-items`, item)
  sandbox.pay(reference)
  const listed = await eventually(
    async () =>
      await shop.database("payment_exception").where({ provider_id: providerId, reference }),
    ({ length }) => length > 0
  )
  if (listed.length !== 1) {
    throw new Error(`${selling.name}: ${listed.length} entries of the list are about ${reference}`)
  }
  const path = `/admin/gateway-payments/exceptions/${listed[0].id}/refund`
  return { attempt: async () => (await shop.admin.post(path, {})).status === 200 }
}

/** The storefront completes the cart when its shopper is back, while the gateway tells of the payment. */
async function isOrder(shop: Shop, shopper: Shopper, cartId: string): Promise<boolean> {
  await shopper.complete(cartId)
  const orders = await lastAnswer(
    async () => await shop.ordersOfCart(cartId),
    ({ length }) => length > 0
  )
  return orders.length > 0
}
