import { setTimeout as sleep } from "node:timers/promises"
import { follow } from "../gateways/payment-page.mjs"
import { price, sum } from "./amounts.mjs"
import { refundAmount, refundPlans } from "./refund-plan.mjs"

const ORDER_WITHIN_MS = 60_000

/**
 * @typedef {object} Tour
 * @property {string} storeUrl
 * @property {import("../gateways/gateway.mjs").DemoGateway} gateway
 * @property {import("../gateways/gateway.mjs").RunningGateway} sandbox
 * @property {import("./shopper.mjs").Shopper} shopper
 * @property {import("./merchant.mjs").Merchant} merchant
 * @property {AbortSignal} signal
 */

/** @typedef {import("./take-steps.mjs").Step<import("./table.mjs").Row>} Step */

/**
 * The same purchase at every gateway; what a gateway can't refund is tried, and must be refused.
 *
 * @param {Tour} tour
 * @returns {Step[]}
 */
export function tourSteps(tour) {
  const { gateway, sandbox, shopper } = tour
  /** @type {import("../gateways/payment-page.mjs").Lead | undefined} */
  let lead
  /** @type {string[]} */
  const refunds = []

  return [
    { name: "fill a cart", take: () => shopper.fillCart(gateway.basket) },
    { name: "e-mail and address", take: () => shopper.giveAddress() },
    { name: "choose shipping", take: () => shopper.chooseShipping() },
    { name: `choose ${gateway.title}`, take: () => shopper.choosePayment() },
    {
      name: "pay",
      async take() {
        const { session, action } = shopper.payment
        lead = await gateway.pay(action, sandbox)
        const { amount, currency_code } = session
        return { paid: `${price(amount, currency_code)}, ${wayOf(action)}` }
      },
    },
    {
      name: "the payment becomes an order",
      async take() {
        const since = Date.now()
        await becomesOrder(tour)
        const seconds = ((Date.now() - since) / 1000).toFixed(1)
        return { confirmed: `${sources[gateway.confirmedBy]}, ${seconds}\u00a0s later` }
      },
    },
    { name: "the shopper comes back", take: () => comeBack(tour, lead) },
    ...refundPlans[gateway.refunds].map((request) => ({
      name: `the shop refunds ${request.part}`,
      async take() {
        refunds.push(await tryRefund(tour, request))
        return { refunded: refunds.join("\n") }
      },
    })),
    { name: "look into the ledger", take: async () => ({ ledger: moved(sandbox) }) },
  ]
}

const sources = {
  webhook: "its webhook",
  asking: "the waiting page, which asks",
}

/**
 * Waits until there is an order, in the way in which the shop learns of this gateway's payments.
 *
 * @param {Pick<Tour, "gateway" | "shopper" | "signal">} purchase
 */
export async function becomesOrder(purchase) {
  await confirmations[purchase.gateway.confirmedBy](purchase)
}

/** @type {Record<keyof typeof sources, (purchase: Pick<Tour, "shopper" | "signal">) => Promise<void>>} */
const confirmations = {
  /** Only looks. Asking would make the order too, and hide a webhook that never came. */
  async webhook({ shopper, signal }) {
    const until = Date.now() + ORDER_WITHIN_MS
    while (Date.now() < until) {
      const now = await shopper.look()
      if ("completed_at" in now && now.completed_at) return
      await sleep(200, undefined, { signal })
    }
    throw new Error(
      `there is no order ${ORDER_WITHIN_MS / 1000} s after the payment; did the webhook reach the store?`
    )
  },
  async asking({ shopper, signal }) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(ORDER_WITHIN_MS)])
    const state = await shopper.waitForPayment(patience)
    if (state !== "paid") throw new Error(`the store says that the payment is ${state}`)
  },
}

/**
 * Through the store's own address for it, which must send the shopper on to the storefront. Some gateways lead nobody
 * back, and some straight to the storefront.
 *
 * @param {Tour} tour
 * @param {import("../gateways/payment-page.mjs").Lead | undefined} lead
 */
async function comeBack({ storeUrl }, lead) {
  if (!lead?.url.startsWith(`${storeUrl}/payments/`)) return
  const answer = await follow(lead, "manual")
  const page = new URL(answer.headers.get("location") ?? "none:")
  const told = page.searchParams.get("payment_status")
  if (!page.href.startsWith(`${storeUrl}/shop/`) || told !== "paid") {
    throw new Error(`the store answered ${answer.status} and led to ${page.href}`)
  }
}

/**
 * @param {Tour} tour
 * @param {import("./refund-plan.mjs").RefundRequest} request
 * @returns {Promise<string>} what came of it
 */
async function tryRefund({ merchant, shopper }, { part, made }) {
  const [order, ...others] = await merchant.ordersOf(shopper.email)
  if (order === undefined || others.length > 0) {
    throw new Error(`there are ${others.length + (order ? 1 : 0)} orders`)
  }
  const amount = refundAmount(part, order)
  const refusal = await merchant.refund(order.paymentIds[0] ?? "", amount).then(
    () => undefined,
    (error) => String(error.message)
  )
  if (made && refusal !== undefined) throw new Error(refusal)
  if (!made && refusal === undefined) throw new Error(`a refund of ${amount} was accepted`)
  return refusal === undefined
    ? `${amount} given back`
    : `${amount} refused: ${withoutReference(refusal)}`
}

/** It helps whoever looks for the payment, and nobody who reads a table. @param {string} message */
function withoutReference(message) {
  return message.replace(/ Our reference: \w+\./, "")
}

/** @param {import("../gateways/gateway.mjs").NextAction} action */
function wayOf({ type }) {
  switch (type) {
    case "redirect":
    case "post_form":
      return "on its page"
    case "qr_code":
      return "by a QR code"
    case "pay_code":
      return "by a pay code"
    case "shopper_code":
    case "none":
      throw new Error(`the shopper has nothing to pay with: ${type}`)
  }
}

/** @param {import("../gateways/gateway.mjs").RunningGateway} sandbox */
function moved(sandbox) {
  const lines = sandbox
    .ledger()
    .map(
      ({ kind, amount, currency }) => `${kind} ${price(sum([{ amount }]), currency).split(" ")[0]}`
    )
  return lines.join("\n") || "nothing moved"
}
