import { setTimeout as sleep } from "node:timers/promises"
import { mocasa } from "../../demo/gateways/mocasa.mjs"

/**
 * @typedef {object} Answer what is read of Medusa's answers, each of which has some of it
 * @property {{ id: string }} region
 * @property {{ id: string }} sales_channel
 * @property {{ id: string, token: string }} api_key
 * @property {{ variants: [{ id: string }] }} product
 * @property {{ id: string }} cart
 * @property {{ id: string, payment_sessions: [{ data: { next_action: import("../../demo/gateways/gateway.mjs").NextAction } }] }} payment_collection
 * @property {{ id: string, payment_status: string, payment_collections: [{ payments: { id: string, amount: number }[] }] }} [order]
 * @property {{ refunds: { id: string }[] }} payment
 */

/**
 * A first purchase in a new shop: the owner makes a region with the provider, a product and a key, and a shopper pays
 * at the stand-in; the shop has an order of it then, with its money captured.
 *
 * @param {string} url the shop's
 * @param {string} token the owner's
 * @param {{ url: string }} sandbox
 * @param {() => Promise<void>} [whileOpen] done while the payment is open
 * @returns {Promise<{ orderId: string }>}
 */
export async function buy(url, token, sandbox, whileOpen) {
  const admin = caller(url, { authorization: `Bearer ${token}` })
  const { region } = await admin("/admin/regions", {
    name: "Philippines",
    currency_code: "php",
    countries: ["ph"],
    payment_providers: [mocasa.providerId],
  })
  const { sales_channel } = await admin("/admin/sales-channels", { name: "Shop" })
  const { api_key } = await admin("/admin/api-keys", { title: "Shop", type: "publishable" })
  await admin(`/admin/api-keys/${api_key.id}/sales-channels`, { add: [sales_channel.id] })
  const { product } = await admin("/admin/products", {
    title: "Voucher",
    status: "published",
    sales_channels: [{ id: sales_channel.id }],
    options: [{ title: "Kind", values: ["One"] }],
    variants: [
      {
        title: "One",
        options: { Kind: "One" },
        manage_inventory: false,
        prices: [{ currency_code: "php", amount: 1500 }],
      },
    ],
  })
  const store = caller(url, { "x-publishable-api-key": api_key.token })
  const address = { first_name: "Ana", last_name: "Cruz", address_1: "1 Rizal Street" }
  const shipping_address = {
    ...address,
    city: "Manila",
    postal_code: "1000",
    country_code: "ph",
    phone: "+639171234567",
  }
  const { cart } = await store("/store/carts", {
    region_id: region.id,
    sales_channel_id: sales_channel.id,
    email: "ana@example.com",
    shipping_address,
    billing_address: shipping_address,
    items: [{ variant_id: product.variants[0].id, quantity: 1 }],
  })
  const { payment_collection } = await store("/store/payment-collections", { cart_id: cart.id })
  const opened = await store(
    `/store/payment-collections/${payment_collection.id}/payment-sessions`,
    {
      provider_id: mocasa.providerId,
    }
  )
  await whileOpen?.()
  const [session] = opened.payment_collection.payment_sessions
  await mocasa.pay(session.data.next_action, sandbox)
  return {
    orderId: await orderOf(admin, cart.id, () => store(`/store/carts/${cart.id}/complete`, {})),
  }
}

/**
 * Refunds an order's whole payment, as the dashboard does.
 *
 * @param {string} url the shop's
 * @param {string} token the owner's
 * @param {string} orderId
 */
export async function giveBack(url, token, orderId) {
  const admin = caller(url, { authorization: `Bearer ${token}` })
  const fields = "fields=payment_collections.payments.id,payment_collections.payments.amount"
  const { order } = await admin(`/admin/orders/${orderId}?${fields}`)
  const payment = order?.payment_collections[0].payments[0]
  if (payment === undefined) throw new Error(`The order ${orderId} has no payment any more`)
  const { amount, id } = payment
  const { payment: refunded } = await admin(`/admin/payments/${id}/refund`, { amount })
  if (refunded.refunds.length !== 1) throw new Error(`The payment ${id} was not refunded`)
}

/**
 * @param {ReturnType<typeof caller>} admin
 * @param {string} cartId
 * @param {() => Promise<Answer>} complete as the storefront does when the shopper comes back
 * @returns {Promise<string>} the order's id
 */
async function orderOf(admin, cartId, complete) {
  for (let tries = 0; tries < 30; tries += 1) {
    const answer = await complete()
    const id = answer.order?.id
    if (id !== undefined) {
      const { order } = await admin(`/admin/orders/${id}?fields=payment_status`)
      if (order?.payment_status === "captured") return id
    }
    await sleep(1_000)
  }
  throw new Error(`The cart ${cartId} became no order whose money was captured`)
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 */
function caller(url, headers) {
  /**
   * @param {string} path
   * @param {object} [body] sent by POST
   * @returns {Promise<Answer>}
   */
  return async (path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${text}`)
    return JSON.parse(text)
  }
}
