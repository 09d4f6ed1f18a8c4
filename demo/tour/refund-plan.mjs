import { asCharged, half, rest, sum } from "./amounts.mjs"

/** @typedef {import("../gateways/gateway.mjs").DemoGateway} DemoGateway */
/** @typedef {{ part: "half" | "rest" | "all", made: boolean }} RefundRequest a refund, and whether it must be made or refused */

/**
 * What the shop's owner tries at each gateway: what it can do, and what it can't, which must be refused.
 *
 * @type {Readonly<Record<DemoGateway["refunds"], readonly RefundRequest[]>>}
 */
export const refundPlans = {
  none: [{ part: "all", made: false }],
  full: [
    { part: "half", made: false },
    { part: "all", made: true },
  ],
  single_partial: [
    { part: "half", made: true },
    { part: "rest", made: false },
  ],
  multiple_partial: [
    { part: "half", made: true },
    { part: "rest", made: true },
  ],
}

/**
 * @param {RefundRequest["part"]} part
 * @param {{ captured: string, refunded: string, currency: string }} order
 */
export function refundAmount(part, { captured, refunded, currency }) {
  const amounts = {
    all: asCharged(captured, currency),
    half: half(captured, currency),
    rest: asCharged(rest(captured, refunded), currency),
  }
  return amounts[part]
}

/**
 * The refunds that there must be once the plan was tried.
 *
 * @param {DemoGateway["refunds"]} kind
 * @param {{ captured: string, currency: string }} order
 * @returns {string[]} amounts
 */
export function expectedRefunds(kind, { captured, currency }) {
  /** @type {string[]} */
  const made = []
  for (const request of refundPlans[kind]) {
    const refunded = sum(made.map((amount) => ({ amount })))
    if (request.made) made.push(refundAmount(request.part, { captured, refunded, currency }))
  }
  return made
}
