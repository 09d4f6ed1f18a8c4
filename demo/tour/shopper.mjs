import { randomUUID } from "node:crypto"
import Medusa from "@medusajs/js-sdk"

/** Somebody who buys through the Store API, as a storefront does. */
export class Shopper {
  /** Nobody else's: by it the order is found again, and a second one would be too. */
  email = `tour-${randomUUID()}@example.com`
  #sdk
  #gateway
  #region
  /** @type {import("@medusajs/framework/types").HttpTypes.StoreCart | undefined} */
  #cart

  /**
   * @param {Medusa} sdk
   * @param {import("../gateways/gateway.mjs").DemoGateway} gateway
   * @param {import("@medusajs/framework/types").HttpTypes.StoreRegion} region
   */
  constructor(sdk, gateway, region) {
    this.#sdk = sdk
    this.#gateway = gateway
    this.#region = region
  }

  /**
   * @param {string} url
   * @param {import("../gateways/gateway.mjs").DemoGateway} gateway
   */
  static async arrive(url, gateway) {
    const answer = await fetch(`${url}/shop-config`)
    const { publishableKey } = /** @type {{ publishableKey: string }} */ (await answer.json())
    const sdk = new Medusa({ baseUrl: url, publishableKey })
    const { regions } = await sdk.store.region.list()
    const region = regions.find(({ countries }) =>
      countries?.some(({ iso_2 }) => iso_2 === gateway.country)
    )
    if (region === undefined) throw new Error(`The shop has no region for ${gateway.country}`)
    return new Shopper(sdk, gateway, region)
  }

  get cart() {
    if (this.#cart === undefined) throw new Error("The shopper has no cart yet")
    return this.#cart
  }

  /** @param {string[]} handles of products */
  async fillCart(handles) {
    const { products } = await this.#sdk.store.product.list({
      handle: handles,
      region_id: this.#region.id,
    })
    const created = await this.#sdk.store.cart.create({ region_id: this.#region.id })
    this.#cart = created.cart
    for (const { variants } of products) {
      const [variant] = variants ?? []
      if (variant === undefined) throw new Error("A product has no variant to buy")
      await this.#sdk.store.cart.createLineItem(this.cart.id, {
        variant_id: variant.id,
        quantity: 1,
      })
    }
    return this.look()
  }

  async giveAddress() {
    const address = {
      first_name: "Maria",
      last_name: "Reyes",
      phone: "0917 555 0142",
      address_1: "14 Mabini Street",
      city: "Pasig",
      postal_code: "1603",
      country_code: this.#gateway.country,
    }
    await this.#sdk.store.cart.update(this.cart.id, {
      email: this.email,
      shipping_address: address,
      billing_address: address,
    })
    return this.look()
  }

  async chooseShipping() {
    const { shipping_options } = await this.#sdk.store.fulfillment.listCartOptions({
      cart_id: this.cart.id,
    })
    const [option] = shipping_options.sort((a, b) => a.amount - b.amount)
    if (option === undefined) throw new Error("The shop ships nothing to this address")
    await this.#sdk.store.cart.addShippingMethod(this.cart.id, { option_id: option.id })
    return this.look()
  }

  async choosePayment() {
    const { payment_collection } = await this.#sdk.store.payment.initiatePaymentSession(this.cart, {
      provider_id: this.#gateway.providerId,
    })
    const session = payment_collection.payment_sessions?.find(
      ({ provider_id }) => provider_id === this.#gateway.providerId
    )
    if (session === undefined) throw new Error("Medusa made no payment session")
    return session
  }

  /** The cart as it is now. */
  async look() {
    const { cart } = await this.#sdk.store.cart.retrieve(this.cart.id)
    this.#cart = cart
    return cart
  }
}
