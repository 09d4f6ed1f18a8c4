import { asCharged, sum } from "./amounts.mjs"

/**
 * Holds what Medusa has written down about one purchase that was refunded in full against every move of money that
 * the gateway has made.
 *
 * @param {object} books
 * @param {readonly import("./merchant.mjs").PlacedOrder[]} books.orders of the one shopper
 * @param {readonly import("../gateways/gateway.mjs").Movement[]} books.movements
 * @returns {string[]} what differs, in sentences; empty when all agree
 */
export function differences({ orders, movements }) {
  const [order] = orders
  if (order === undefined || orders.length > 1) {
    return [`There are ${orders.length} orders, and there should be one.`]
  }
  /** @param {"payment" | "refund"} kind */
  const moved = (kind) => movements.filter((movement) => movement.kind === kind)
  const currencies = new Set(movements.map(({ currency }) => currency.toLowerCase()))
  const checks = [
    equal("The order's total", order.total, "what Medusa captured", order.captured),
    equal("What Medusa captured", order.captured, "what the gateway took", sum(moved("payment"))),
    equal(
      "What Medusa refunded",
      order.refunded,
      "what the gateway gave back",
      sum(moved("refund"))
    ),
    equal("What Medusa refunded", order.refunded, "what it captured", order.captured),
    once("taken money", moved("payment")),
    once("given money back", moved("refund")),
    [...currencies].every((currency) => currency === order.currency)
      ? undefined
      : `The order is in ${order.currency}, the gateway moved ${[...currencies].join(", ")}.`,
  ]
  return checks.filter((sentence) => sentence !== undefined)
}

/** @param {string} left @param {string} a @param {string} right @param {string} b */
function equal(left, a, right, b) {
  const [one, other] = [asCharged(a), asCharged(b)]
  return one === other ? undefined : `${left} is ${one}, ${right} is ${other}.`
}

/** @param {string} what @param {readonly unknown[]} movements */
function once(what, movements) {
  return movements.length === 1
    ? undefined
    : `The gateway has ${what} ${movements.length} times, and it should be once.`
}
