import { setTimeout as sleep } from "node:timers/promises"
import { asCharged, half, price } from "./amounts.mjs"

const ORDER_WITHIN_MS = 60_000

/**
 * @typedef {object} Tour
 * @property {import("../gateways/gateway.mjs").DemoGateway} gateway
 * @property {import("../gateways/gateway.mjs").RunningGateway} sandbox
 * @property {import("./shopper.mjs").Shopper} shopper
 * @property {import("./merchant.mjs").Merchant} merchant
 * @property {AbortSignal} signal
 */

/**
 * The same purchase for every gateway; what a gateway can't do is tried, and must be refused.
 *
 * @param {Tour} tour
 * @returns {import("./take-steps.mjs").Step[]}
 */
export function tourSteps(tour) {
  const { gateway, sandbox, shopper, merchant } = tour
  /** @param {string} medusa */
  const said = (medusa) => ({ medusa, gateway: movements(sandbox) })
  /** @type {unknown} */
  let nextAction

  return [
    {
      name: "fill a cart",
      take: async () => said(cart(await shopper.fillCart(["barako-coffee", "inabel-towel"]))),
    },
    { name: "e-mail and address", take: async () => said(cart(await shopper.giveAddress())) },
    { name: "choose shipping", take: async () => said(cart(await shopper.chooseShipping())) },
    {
      name: `choose ${gateway.title}`,
      take: async () => {
        const { status, data } = await shopper.choosePayment()
        nextAction = data.next_action
        return said(
          `session ${status}, ${data.amount} ${String(data.currency_code).toUpperCase()} to pay`
        )
      },
    },
    {
      name: "pay on the gateway page",
      take: async () => {
        await gateway.pay(nextAction)
        return said("not told yet")
      },
    },
    {
      name: "webhook makes the order",
      take: async () => {
        await orderPlaced(tour)
        return said(order(await theOrder(tour)))
      },
    },
    ...(gateway.refunds === "full" ? [refusedPartialRefund(tour, said)] : []),
    {
      name: "admin refunds in full",
      take: async () => {
        const { paymentIds, captured } = await theOrder(tour)
        for (const id of paymentIds) await merchant.refund(id, asCharged(captured))
        return said(order(await theOrder(tour)))
      },
    },
  ]
}

/**
 * @param {Tour} tour
 * @param {(medusa: string) => { medusa: string, gateway: string }} said
 */
function refusedPartialRefund(tour, said) {
  return {
    name: "admin refunds a half",
    take: async () => {
      const { paymentIds, captured } = await theOrder(tour)
      const answer = await tour.merchant.refund(paymentIds[0] ?? "", half(captured)).then(
        () => undefined,
        (error) => String(error.message)
      )
      if (answer === undefined) throw new Error("a partial refund was accepted")
      return said(`refused: ${answer}`)
    },
  }
}

/**
 * Only looks. Completing the cart would make the order too, and hide a webhook that never came.
 *
 * @param {Tour} tour
 */
async function orderPlaced({ shopper, signal }) {
  const until = Date.now() + ORDER_WITHIN_MS
  while (Date.now() < until) {
    const now = await shopper.look()
    if ("completed_at" in now && now.completed_at) return
    await sleep(200, undefined, { signal })
  }
  throw new Error(
    `there is no order ${ORDER_WITHIN_MS / 1000} s after the payment; did the webhook reach the store?`
  )
}

/** @param {Tour} tour */
async function theOrder({ merchant, shopper }) {
  const orders = await merchant.ordersOf(shopper.email)
  const [order] = orders
  if (order === undefined || orders.length > 1) throw new Error(`there are ${orders.length} orders`)
  return order
}

/** @param {import("@medusajs/framework/types").HttpTypes.StoreCart} cart */
function cart({ total, currency_code }) {
  return `cart of ${price(total, currency_code)}`
}

/** @param {import("./merchant.mjs").PlacedOrder} order */
function order({ number, total, captured, refunded, currency }) {
  const [paid, back] = [captured, refunded].map(asCharged)
  return `order #${number} of ${price(total, currency)}: captured ${paid}, refunded ${back}`
}

/** @param {import("../gateways/gateway.mjs").RunningGateway} sandbox */
function movements(sandbox) {
  const lines = sandbox
    .ledger()
    .map(({ kind, amount, currency }) => `${kind} ${price(amount, currency)}`)
  return lines.join(", ") || "nothing moved"
}
