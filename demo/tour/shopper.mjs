import { randomBytes } from "node:crypto"
import Medusa from "@medusajs/js-sdk"
import { addresses } from "./addresses.mjs"

/**
 * @typedef {object} Payment
 * @property {import("@medusajs/framework/types").HttpTypes.StorePaymentSession} session
 * @property {import("../gateways/gateway.mjs").NextAction} action
 */

/** @typedef {Pick<typeof import("medusa-regional-payments/storefront"), "nextAction" | "waitForPayment">} Storefront */

/**
 * @typedef {object} Means what a shop that is not the built demo has to be told
 * @property {string} [publishableKey]
 * @property {Storefront} [storefront] the plugin's part for storefronts
 */

/** Somebody who buys through the Store API, as a storefront does. */
export class Shopper {
  /** Nobody else's: by it the order is found again, and a second one would be too. Cashy takes 32 characters. */
  email = `tour-${randomBytes(6).toString("hex")}@example.com`
  #sdk
  #gateway
  #region
  #storefront
  /** @type {import("@medusajs/framework/types").HttpTypes.StoreCart | undefined} */
  #cart
  /** @type {Payment | undefined} */
  #payment

  /**
   * @param {Medusa} sdk
   * @param {import("../gateways/gateway.mjs").DemoGateway} gateway
   * @param {import("@medusajs/framework/types").HttpTypes.StoreRegion} region
   * @param {Storefront} storefront
   */
  constructor(sdk, gateway, region, storefront) {
    this.#sdk = sdk
    this.#gateway = gateway
    this.#region = region
    this.#storefront = storefront
  }

  /**
   * @param {string} url
   * @param {import("../gateways/gateway.mjs").DemoGateway} gateway
   * @param {Means} [means]
   */
  static async arrive(url, gateway, means = {}) {
    const publishableKey = means.publishableKey ?? (await publishableKeyOf(url))
    const sdk = new Medusa({ baseUrl: url, publishableKey })
    const { regions } = await sdk.store.region.list()
    const region = regions.find(({ countries }) =>
      countries?.some(({ iso_2 }) => iso_2 === gateway.country)
    )
    if (region === undefined) throw new Error(`The shop has no region for ${gateway.country}`)
    const storefront = means.storefront ?? (await import("medusa-regional-payments/storefront"))
    return new Shopper(sdk, gateway, region, storefront)
  }

  get cart() {
    if (this.#cart === undefined) throw new Error("The shopper has no cart yet")
    return this.#cart
  }

  /** What was chosen to pay with. */
  get payment() {
    if (this.#payment === undefined) throw new Error("The shopper has chosen no payment yet")
    return this.#payment
  }

  /** @param {readonly string[]} handles of products */
  async fillCart(handles) {
    const created = await this.#sdk.store.cart.create({ region_id: this.#region.id })
    this.#cart = created.cart
    await this.putInCart(handles)
  }

  /** @param {readonly string[]} handles of products */
  async putInCart(handles) {
    const { products } = await this.#sdk.store.product.list({
      handle: [...handles],
      region_id: this.#region.id,
    })
    for (const { variants } of products) {
      const [variant] = variants ?? []
      if (variant === undefined) throw new Error("A product has no variant to buy")
      await this.#sdk.store.cart.createLineItem(this.cart.id, {
        variant_id: variant.id,
        quantity: 1,
      })
    }
  }

  async giveAddress() {
    const { country } = this.#gateway
    const address = { ...addresses[country], country_code: country }
    await this.#sdk.store.cart.update(this.cart.id, {
      email: this.email,
      shipping_address: address,
      billing_address: address,
    })
  }

  async chooseShipping() {
    const { items } = await this.look()
    if (!items?.some(({ requires_shipping }) => requires_shipping)) return
    const { shipping_options } = await this.#sdk.store.fulfillment.listCartOptions({
      cart_id: this.cart.id,
    })
    const [option] = shipping_options.sort((a, b) => a.amount - b.amount)
    if (option === undefined) throw new Error("The shop ships nothing to this address")
    await this.#sdk.store.cart.addShippingMethod(this.cart.id, { option_id: option.id })
  }

  async choosePayment() {
    const { providerId, payer } = this.#gateway
    const { payment_collection } = await this.#sdk.store.payment.initiatePaymentSession(
      await this.look(),
      { provider_id: providerId, ...(payer && { data: { payer } }) }
    )
    const session = payment_collection.payment_sessions?.find(
      ({ provider_id }) => provider_id === providerId
    )
    if (session === undefined) throw new Error("Medusa made no payment session")
    this.#payment = { session, action: this.#storefront.nextAction(session) }
  }

  /** As a page that shows a QR does. @param {AbortSignal} signal */
  async waitForPayment(signal) {
    return this.#storefront.waitForPayment(
      (path, init) => this.#sdk.client.fetch(path, init),
      this.payment.session.id,
      { signal }
    )
  }

  /** The cart as it is now. */
  async look() {
    const { cart } = await this.#sdk.store.cart.retrieve(this.cart.id)
    this.#cart = cart
    return cart
  }
}

/** @param {string} url */
async function publishableKeyOf(url) {
  const answer = await fetch(`${url}/shop-config`)
  const { publishableKey } = /** @type {{ publishableKey: string }} */ (await answer.json())
  return publishableKey
}
