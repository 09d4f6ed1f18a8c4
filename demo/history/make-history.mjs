import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { gateways } from "../gateways/index.mjs"
import { pressButton } from "../gateways/payment-page.mjs"
import { Merchant } from "../tour/merchant.mjs"
import { refundAmount } from "../tour/refund-plan.mjs"
import { Shopper } from "../tour/shopper.mjs"
import { becomesOrder } from "../tour/steps.mjs"

/**
 * @typedef {object} Place
 * @property {string} url of the shop
 * @property {string} databaseUrl
 * @property {{ email: string, password: string }} admin
 * @property {readonly { url: string }[]} sandboxes in the order of `gateways`
 * @property {import("../tour/shopper.mjs").Means} [means]
 * @property {AbortSignal} signal
 */

/**
 * @typedef {object} Purchase
 * @property {string} gateway
 * @property {string} email
 * @property {readonly string[]} [basket] handles of products; the tour's without it
 * @property {"half" | "all"} [refund] what the shop's owner gives back
 * @property {"decline" | "leave"} [instead] what the shopper does who does not pay
 */

/** @type {readonly Purchase[]} */
const purchases = [
  { gateway: "mocasa", email: "maria.reyes@example.com" },
  {
    gateway: "mocasa",
    email: "jun.bautista@example.com",
    basket: ["capiz-lantern"],
    refund: "all",
  },
  { gateway: "kess", email: "sophea.chan@example.com", refund: "half" },
  { gateway: "kess", email: "dara.sok@example.com", basket: ["inabel-towel"], instead: "leave" },
  { gateway: "cashy", email: "ayesha.khan@example.com" },
  { gateway: "paymentz", email: "ana.horvat@example.com", refund: "half" },
  { gateway: "paymentz", email: "luka.babic@example.com", instead: "decline" },
  { gateway: "mocopay", email: "iva.novak@example.com" },
]

/**
 * @param {Place} place
 * @returns {Promise<"done" | "unchanged">} unchanged where there are orders already
 */
export async function makeHistoryOnce(place) {
  const merchant = await Merchant.logIn(place.url, place.admin)
  if (await merchant.hasOrders()) return "unchanged"
  await makeHistory(place)
  return "done"
}

/**
 * What has happened in the shop before somebody opens its dashboard: orders of every gateway, some of them refunded, a
 * payment that was declined and one that was left; money that needs a person, and a message that was given up. All of
 * it by shoppers through the Store API, at the gateways' sandboxes and by their webhooks.
 *
 * @param {Place} place
 */
export async function makeHistory(place) {
  const merchant = await Merchant.logIn(place.url, place.admin)
  for (const purchase of purchases) await buy(place, merchant, purchase)
  await makeTrouble(place)
}

/**
 * What somebody in the shop has to see to: money that is too much, money for a cart that changed, and a message that
 * was given up.
 *
 * @param {Place} place
 */
export async function makeTrouble(place) {
  await payTwice(place)
  await payForChangedCart(place)
  await losePayment(place)
}

/** @param {Place} place @param {Merchant} merchant @param {Purchase} purchase */
async function buy(place, merchant, { gateway: id, email, basket, refund, instead }) {
  const { gateway, sandbox, shopper } = await arrive(place, id, email)
  await fillCheckout(shopper, basket ?? gateway.basket)
  if (instead === "leave") return
  if (instead === "decline") {
    await pressButton(shopper.payment.action, "Decline")
    return
  }
  await gateway.pay(shopper.payment.action, sandbox)
  await becomesOrder({ gateway, shopper, signal: place.signal })
  if (refund === undefined) return
  const [order] = await merchant.ordersOf(email)
  if (order === undefined) throw new Error(`${email} has no order`)
  await merchant.refund(order.paymentIds[0] ?? "", refundAmount(refund, order))
}

/** Cashy takes the money of one order a second time: it has to be given back, which Cashy can't do by itself. */
async function payTwice(/** @type {Place} */ place) {
  const { gateway, sandbox, shopper } = await arrive(place, "cashy", "hina.malik@example.com")
  await fillCheckout(shopper, ["barako-coffee"])
  await gateway.pay(shopper.payment.action, sandbox)
  await becomesOrder({ gateway, shopper, signal: place.signal })
  await post(`${sandbox.url}/_sandbox/orders/${shopper.payment.session.data.reference}/pay-again`)
}

/** Somebody puts one more thing into the cart in another tab, and then pays what the first tab asks for. */
async function payForChangedCart(/** @type {Place} */ place) {
  const { gateway, sandbox, shopper } = await arrive(place, "paymentz", "petra.maric@example.com")
  await fillCheckout(shopper, gateway.basket)
  await shopper.putInCart(["ube-halaya"])
  await gateway.pay(shopper.payment.action, sandbox)
}

/**
 * Mocasa says by its webhook that an order is paid, and then does not answer when it is asked: after a day of trying
 * the message is given up. When Mocasa is back, the message waits for somebody to replay it.
 */
async function losePayment(/** @type {Place} */ place) {
  const { gateway, sandbox, shopper } = await arrive(place, "mocasa", "tess.aquino@example.com")
  await fillCheckout(shopper, ["abaca-tote"])
  await post(`${sandbox.url}/_sandbox/faults`, {
    kind: "http-error",
    status: 503,
    path: "/payment/order/query",
    times: "forever",
  })
  await gateway.pay(shopper.payment.action, sandbox)
  await letADayPass(place, String(shopper.payment.session.data.reference))
  await fetch(`${sandbox.url}/_sandbox/faults`, { method: "DELETE" })
  await untilItAnswers(place, "pp_mocasa_mocasa")
}

/**
 * The shop leaves a gateway alone for some seconds that has not answered, and would tell a shopper who comes at once
 * that it can't be paid by now.
 *
 * @param {Place} place @param {string} providerId
 */
async function untilItAnswers({ url, admin, signal }, providerId) {
  const merchant = await Merchant.logIn(url, admin)
  for (;;) {
    const { provider } = /** @type {{ provider: { check: { outcome: string } | null } }} */ (
      await merchant.send(`/providers/${providerId}/check`)
    )
    if (provider.check?.outcome === "accepted") return
    await sleep(1_000, undefined, { signal })
  }
}

/**
 * The shop waits longer after each try, together more than a day. Nothing but these times is shortened: each try is
 * the shop's own, at the gateway's sandbox.
 *
 * @param {Place} place @param {string} reference
 */
async function letADayPass({ databaseUrl, signal }, reference) {
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  try {
    for (;;) {
      const { rows } = await database.query(
        "select state from webhook_event where reference = $1 and state <> 'waiting'",
        [reference]
      )
      if (rows.length > 0) return
      await database.query(
        "update webhook_event set next_try_at = now() where reference = $1 and next_try_at > now()",
        [reference]
      )
      await sleep(500, undefined, { signal })
    }
  } finally {
    await database.end()
  }
}

/** @param {Place} place @param {string} id the gateway's @param {string} email */
async function arrive({ url, sandboxes, means }, id, email) {
  const index = gateways.findIndex((gateway) => gateway.id === id)
  const [gateway, sandbox] = [gateways[index], sandboxes[index]]
  if (gateway === undefined || sandbox === undefined) throw new Error(`There is no gateway ${id}`)
  const shopper = await Shopper.arrive(url, gateway, means)
  shopper.email = email
  return { gateway, sandbox, shopper }
}

/** @param {Shopper} shopper @param {readonly string[]} basket */
async function fillCheckout(shopper, basket) {
  await shopper.fillCart(basket)
  await shopper.giveAddress()
  await shopper.chooseShipping()
  await shopper.choosePayment()
}

/** @param {string} url @param {object} [body] */
async function post(url, body = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
}
