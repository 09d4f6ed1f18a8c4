import { asCharged, sum } from "./amounts.mjs"
import { expectedRefunds } from "./refund-plan.mjs"

/**
 * Holds what Medusa has written down about one purchase against every move of money that the gateway has made.
 *
 * @param {object} books
 * @param {readonly import("./merchant.mjs").PlacedOrder[]} books.orders of the one shopper
 * @param {readonly import("../gateways/gateway.mjs").Movement[]} books.movements
 * @param {import("../gateways/gateway.mjs").DemoGateway["refunds"]} books.refunds what the gateway can refund
 * @returns {string[]} what differs, in sentences; empty when all agree
 */
export function differences({ orders, movements, refunds }) {
  const [order] = orders
  if (order === undefined || orders.length > 1) {
    return [`There are ${orders.length} orders, and there should be one.`]
  }
  /** @param {string} kind */
  const moved = (kind) => movements.filter((movement) => movement.kind === kind)
  /** @param {string} left @param {string} a @param {string} right @param {string} b */
  const equal = (left, a, right, b) => {
    const [one, other] = [a, b].map((amount) => asCharged(amount, order.currency))
    return one === other ? undefined : `${left} is ${one}, ${right} is ${other}.`
  }
  const expected = expectedRefunds(refunds, order)
  const given = "what the gateway gave back"
  const checks = [
    equal("The order's total", order.total, "what Medusa captured", order.captured),
    equal("What Medusa captured", order.captured, "what the gateway took", sum(moved("payment"))),
    equal("What Medusa refunded", order.refunded, given, sum(moved("refund"))),
    equal(
      "What Medusa refunded",
      order.refunded,
      "what was to be refunded",
      sum(expected.map((amount) => ({ amount })))
    ),
    times("taken money", moved("payment").length, 1),
    times("given money back", moved("refund").length, expected.length),
    ...movements
      .filter(({ kind }) => kind !== "payment" && kind !== "refund")
      .map(({ kind, amount }) => `The gateway has made a ${kind} of ${amount} that nobody wanted.`),
    ...[...new Set(movements.map(({ currency }) => currency.toLowerCase()))]
      .filter((currency) => currency !== order.currency)
      .map((currency) => `The order is in ${order.currency}, the gateway moved ${currency}.`),
  ]
  return checks.filter((sentence) => sentence !== undefined)
}

/** @param {string} what @param {number} count @param {number} expected */
function times(what, count, expected) {
  return count === expected
    ? undefined
    : `The gateway has ${what} ${count} times, and it should be ${expected}.`
}
