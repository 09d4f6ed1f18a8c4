import { BigNumber } from "bignumber.js"

/** Pesos, and all other currencies of the demo, have cents. */
const PLACES = 2

/**
 * As it is charged: Medusa does not round the totals of carts and orders, gateways count in cents.
 *
 * @param {string | number} amount in major units
 */
export function asCharged(amount) {
  return new BigNumber(amount).toFixed(PLACES, BigNumber.ROUND_HALF_UP)
}

/** @param {string | number} amount @param {string} currency */
export function price(amount, currency) {
  return `${asCharged(amount)} ${currency.toUpperCase()}`
}

/** @param {readonly { amount: unknown }[]} entries */
export function sum(entries) {
  return entries
    .reduce((total, { amount }) => total.plus(new BigNumber(String(amount))), new BigNumber(0))
    .toFixed()
}

/** @param {string} amount */
export function half(amount) {
  return new BigNumber(amount).div(2).toFixed(PLACES, BigNumber.ROUND_DOWN)
}
