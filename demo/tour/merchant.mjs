import Medusa from "@medusajs/js-sdk"
import { sum } from "./amounts.mjs"

const FIELDS = [
  "id",
  "display_id",
  // Not "total": from that Medusa takes away what was refunded.
  "original_total",
  "currency_code",
  "*payment_collections.payments",
  "*payment_collections.payments.captures",
  "*payment_collections.payments.refunds",
].join(",")

/**
 * @typedef {object} PlacedOrder
 * @property {number} number as the dashboard shows it
 * @property {string} currency
 * @property {string} total as it was placed
 * @property {string} captured
 * @property {string} refunded
 * @property {string[]} paymentIds
 */

/** The shop's owner, who works through the Admin API as the dashboard does. */
export class Merchant {
  #sdk

  /** @param {Medusa} sdk */
  constructor(sdk) {
    this.#sdk = sdk
  }

  /** @param {string} url @param {{ email: string, password: string }} account */
  static async logIn(url, account) {
    const sdk = new Medusa({ baseUrl: url, auth: { type: "jwt", jwtTokenStorageMethod: "memory" } })
    const token = await sdk.auth.login("user", "emailpass", account)
    if (typeof token !== "string") throw new Error("The admin's login needs another step")
    return new Merchant(sdk)
  }

  /**
   * @param {string} email
   * @returns {Promise<PlacedOrder[]>}
   */
  async ordersOf(email) {
    const { orders } = await this.#sdk.admin.order.list({ q: email, fields: FIELDS })
    return orders.map(({ display_id, original_total, currency_code, payment_collections }) => {
      const payments = payment_collections.flatMap((collection) => collection.payments ?? [])
      return {
        number: display_id ?? 0,
        currency: currency_code,
        total: String(original_total),
        captured: sum(payments.flatMap(({ captures }) => captures ?? [])),
        refunded: sum(payments.flatMap(({ refunds }) => refunds ?? [])),
        paymentIds: payments.map(({ id }) => id),
      }
    })
  }

  async hasOrders() {
    const { count } = await this.#sdk.admin.order.list({ limit: 1, fields: "id" })
    return count > 0
  }

  /** What the plugin's own routes answer, as its pages in the dashboard ask them. @param {string} path below /admin/gateway-payments */
  async read(path) {
    return await this.#sdk.client.fetch(`/admin/gateway-payments${path}`)
  }

  /** @param {string} path below /admin/gateway-payments @param {object} [body] */
  async send(path, body = {}) {
    return await this.#sdk.client.fetch(`/admin/gateway-payments${path}`, { method: "POST", body })
  }

  /** @param {string} paymentId @param {string} amount */
  async refund(paymentId, amount) {
    await this.#sdk.admin.payment.refund(paymentId, { amount: Number(amount) })
  }
}
