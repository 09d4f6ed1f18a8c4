import { randomBytes } from "node:crypto"
import type { AxiosInstance, AxiosResponse } from "axios"
import type { CartCopies } from "./cart-copies"
import type { SeededStore } from "./seed-store"

export type CheckoutSession = {
  id: string
  provider_id: string
  status: string
  amount: number
  data: Record<string, unknown> & {
    reference: string
    session_id: string
    next_action: { type: string; url?: string; fields?: Record<string, string>; code?: string }
  }
}

export type Checkout = { cartId: string; collectionId: string; session: CheckoutSession }

/** A person at the storefront: everything goes through the Store API, with nothing but the public key. */
export class Shopper {
  readonly #api: AxiosInstance
  readonly #store: SeededStore
  readonly #country: string
  readonly #token: string | undefined
  readonly #copies: CartCopies | undefined

  /**
   * @param others `token`: a customer's, who is a guest without; `copies`: where carts come from that are none of the
   *   test's business; all are filled through the Store API without
   */
  constructor(
    api: AxiosInstance,
    store: SeededStore,
    country: string,
    { token, copies }: { token?: string; copies?: CartCopies } = {}
  ) {
    this.#api = api
    this.#store = store
    this.#country = country
    this.#token = token
    this.#copies = copies
  }

  /** A cart that is ready to be paid for. */
  async fillCart(variantId = this.#store.variants.whole): Promise<string> {
    // Two guests at once with one address: Medusa refuses the second one's cart. Cashy takes 32 characters.
    const email = `maria-${randomBytes(4).toString("hex")}@example.com`
    const fill = async () => await this.#fillCart(variantId, email)
    // A test's own variant is for something that becomes of it.
    const isUsual = Object.values(this.#store.variants).includes(variantId)
    return this.#copies && isUsual && this.#token === undefined
      ? await this.#copies.cart(`${this.#country} ${variantId}`, email, fill)
      : await fill()
  }

  async #fillCart(variantId: string, email: string): Promise<string> {
    const address = {
      first_name: "Maria",
      last_name: "Santos",
      address_1: "12 Mabini St",
      city: "Manila",
      country_code: this.#country,
      postal_code: "1000",
      phone: "+639171234567",
    }
    const created = await this.post("/store/carts", {
      region_id: this.#store.regions[this.#country],
      sales_channel_id: this.#store.salesChannelId,
      email,
      shipping_address: address,
      billing_address: address,
      items: [{ variant_id: variantId, quantity: 1 }],
    })
    if (created.status !== 200) {
      throw new Error(`No cart: ${JSON.stringify(created.data)}`)
    }
    const cartId: string = created.data.cart.id
    await this.post(`/store/carts/${cartId}/shipping-methods`, {
      option_id: this.#store.shippingOptionId,
    })
    return cartId
  }

  async collectionOf(cartId: string): Promise<string> {
    const created = await this.post("/store/payment-collections", { cart_id: cartId })
    return created.data.payment_collection.id
  }

  async choosePayment(
    collectionId: string,
    providerId: string,
    data?: Record<string, unknown>
  ): Promise<AxiosResponse> {
    return await this.post(`/store/payment-collections/${collectionId}/payment-sessions`, {
      provider_id: providerId,
      data,
    })
  }

  /** Up to the point where the shopper would be sent to the gateway. */
  async checkOut(
    providerId: string,
    variantId?: string,
    data?: Record<string, unknown>
  ): Promise<Checkout> {
    const cartId = await this.fillCart(variantId)
    const collectionId = await this.collectionOf(cartId)
    const answer = await this.choosePayment(collectionId, providerId, data)
    if (answer.status !== 200) {
      throw new Error(`No payment session: ${JSON.stringify(answer.data)}`)
    }
    return { cartId, collectionId, session: answer.data.payment_collection.payment_sessions[0] }
  }

  async complete(cartId: string): Promise<AxiosResponse> {
    return await this.post(`/store/carts/${cartId}/complete`, {})
  }

  async post(path: string, body: unknown): Promise<AxiosResponse> {
    return await this.#api.post(path, body, {
      headers: this.#headers(),
      validateStatus: () => true,
    })
  }

  async delete(path: string): Promise<AxiosResponse> {
    return await this.#api.delete(path, { headers: this.#headers(), validateStatus: () => true })
  }

  async get(path: string): Promise<AxiosResponse> {
    return await this.#api.get(path, { headers: this.#headers(), validateStatus: () => true })
  }

  #headers(): Record<string, string> {
    return {
      "x-publishable-api-key": this.#store.publishableKey,
      ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
    }
  }
}
