import { setTimeout as sleep } from "node:timers/promises"
import { knex } from "@medusajs/framework/mikro-orm/knex"
import type { AdminApi } from "./api"
import { Sandbox } from "./sandbox"
import type { BrowserShop } from "./shop"

export type UnmatchedPayment = {
  readonly id: string
  readonly reference: string
  readonly email: string
}

const address = {
  first_name: "Maria",
  last_name: "Reyes",
  phone: "+639175550142",
  address_1: "14 Mabini Street",
  city: "Pasig",
  country_code: "ph",
  postal_code: "1603",
}

/** Money at Mocasa that no order stands for: the shopper paid after another tab had changed their cart. */
export async function unmatchedPayment(
  shop: BrowserShop,
  api: AdminApi
): Promise<UnmatchedPayment> {
  const shopper = new StoreApi(shop)
  const { cartId, email, variantId } = await shopper.fillCart()
  const reference = await shopper.choosePayment(cartId)
  await shopper.post(`/store/carts/${cartId}/line-items`, { variant_id: variantId, quantity: 1 })
  await new Sandbox(shop, "mocasa").post(`/_sandbox/orders/${reference}/pay`)
  return { id: await listed(api, reference), reference, email }
}

/**
 * A message of Mocasa's that was given up: the gateway answered no question about the payment. It answers again now, so
 * that a replay makes the order.
 */
export async function deadMessage(shop: BrowserShop): Promise<{ id: string; reference: string }> {
  const shopper = new StoreApi(shop)
  const sandbox = new Sandbox(shop, "mocasa")
  const { cartId } = await shopper.fillCart()
  const reference = await shopper.choosePayment(cartId)
  const database = knex({ client: "pg", connection: shop.databaseUrl, pool: { min: 0, max: 1 } })
  const message = () => database("webhook_event").where({ reference })
  await sandbox.post("/_sandbox/faults", {
    kind: "http-error",
    path: "/payment/order/query",
    times: "forever",
  })
  try {
    await sandbox.post(`/_sandbox/orders/${reference}/pay`)
    await until(async () => (await message().first())?.attempts > 0)
    // Its last try is a day away.
    await message().update({ attempts: 7, next_try_at: new Date(), claimed_until: null })
    await until(async () => (await message().first())?.state === "dead")
    const { id } = await message().first()
    return { id, reference }
  } finally {
    await sandbox.delete("/_sandbox/faults")
    await database.destroy()
  }
}

/** An order that was placed without a payment, on which more is due than an unmatched payment is worth. */
export async function unpaidOrder(shop: BrowserShop, api: AdminApi): Promise<{ number: number }> {
  const shopper = new StoreApi(shop)
  const region_id = await shopper.regionId()
  const { draft_order } = await api.post<{ draft_order: { id: string } }>("/admin/draft-orders", {
    email: `unpaid-${Date.now()}@example.com`,
    region_id,
    shipping_address: address,
    billing_address: address,
    items: [{ variant_id: await shopper.variantId(region_id), quantity: 3 }],
  })
  const { order } = await api.post<{ order: { display_id: number } }>(
    `/admin/draft-orders/${draft_order.id}/convert-to-order`
  )
  return { number: order.display_id }
}

/** How long a message may take to be worked on, in milliseconds. */
const patienceMs = 120_000

async function listed(api: AdminApi, reference: string): Promise<string> {
  let id: string | undefined
  await until(async () => {
    const { payment_exceptions } = await api.get<{ payment_exceptions: { id: string }[] }>(
      `/admin/gateway-payments/exceptions?reference=${reference}`
    )
    id = payment_exceptions[0]?.id
    return id !== undefined
  })
  return String(id)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const since = Date.now(); !(await isSo()); await sleep(250)) {
    if (Date.now() - since > patienceMs) throw new Error("It did not happen in time")
  }
}

/** What a storefront asks for, by the Store API. */
class StoreApi {
  private readonly origin: string
  private readonly key: string

  constructor({ dashboard, publishableKey }: BrowserShop) {
    this.origin = new URL(dashboard).origin
    this.key = publishableKey
  }

  /** One thing for somebody in the Philippines, to be sent to them. */
  async fillCart(): Promise<{ cartId: string; email: string; variantId: string }> {
    const email = `maria-${Date.now()}@example.com`
    const region_id = await this.regionId()
    const variantId = await this.variantId(region_id)
    const { cart } = await this.post<{ cart: { id: string } }>("/store/carts", {
      region_id,
      email,
      shipping_address: address,
      billing_address: address,
      items: [{ variant_id: variantId, quantity: 1 }],
    })
    const option_id = await this.shippingOption(cart.id)
    await this.post(`/store/carts/${cart.id}/shipping-methods`, { option_id })
    return { cartId: cart.id, email, variantId }
  }

  /** Chooses Mocasa; our reference of the order that was opened there. */
  async choosePayment(cart_id: string): Promise<string> {
    const { payment_collection } = await this.post<{ payment_collection: { id: string } }>(
      "/store/payment-collections",
      { cart_id }
    )
    const chosen = await this.post<{
      payment_collection: { payment_sessions: { data: { reference: string } }[] }
    }>(`/store/payment-collections/${payment_collection.id}/payment-sessions`, {
      provider_id: "pp_mocasa_mocasa",
    })
    const reference = chosen.payment_collection.payment_sessions[0]?.data.reference
    if (reference === undefined) throw new Error("Medusa made no payment session")
    return reference
  }

  async get<Answer>(path: string): Promise<Answer> {
    return await this.call(path)
  }

  async post<Answer>(path: string, body: object): Promise<Answer> {
    return await this.call(path, body)
  }

  async regionId(): Promise<string> {
    const { regions } = await this.get<{
      regions: { id: string; countries: { iso_2: string }[] }[]
    }>("/store/regions")
    const region = regions.find(({ countries }) => countries.some(({ iso_2 }) => iso_2 === "ph"))
    if (region === undefined) throw new Error("The shop does not sell to the Philippines")
    return region.id
  }

  async variantId(region_id: string): Promise<string> {
    const { products } = await this.get<{ products: { variants: { id: string }[] }[] }>(
      `/store/products?handle=inabel-towel&region_id=${region_id}`
    )
    const id = products[0]?.variants[0]?.id
    if (id === undefined) throw new Error("The shop has no towel to sell")
    return id
  }

  private async shippingOption(cartId: string): Promise<string> {
    const { shipping_options } = await this.get<{ shipping_options: { id: string }[] }>(
      `/store/shipping-options?cart_id=${cartId}`
    )
    const [option] = shipping_options
    if (option === undefined) throw new Error("The shop ships nothing to the Philippines")
    return option.id
  }

  private async call<Answer>(path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.origin}${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        "x-publishable-api-key": this.key,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text)
  }
}
