import { BigNumber } from "bignumber.js"

/**
 * The decimals that gateways count in where they are not two; by currency code, lower case.
 *
 * @type {Readonly<Record<string, number>>}
 */
const decimals = { pkr: 0 }

/**
 * As it is charged: Medusa does not round the totals of carts and orders.
 *
 * @param {string | number} amount in major units
 * @param {string} currency
 */
export function asCharged(amount, currency) {
  return new BigNumber(amount).toFixed(decimalsOf(currency), BigNumber.ROUND_HALF_UP)
}

/** @param {string | number} amount @param {string} currency */
export function price(amount, currency) {
  return `${asCharged(amount, currency)} ${currency.toUpperCase()}`
}

/** @param {readonly { amount: unknown }[]} entries */
export function sum(entries) {
  return entries
    .reduce((total, { amount }) => total.plus(new BigNumber(String(amount))), new BigNumber(0))
    .toFixed()
}

/** @param {string} amount @param {string} currency */
export function half(amount, currency) {
  return new BigNumber(amount).div(2).toFixed(decimalsOf(currency), BigNumber.ROUND_DOWN)
}

/** @param {string} amount @param {string} taken */
export function rest(amount, taken) {
  return new BigNumber(amount).minus(taken).toFixed()
}

/** @param {string} currency */
function decimalsOf(currency) {
  return decimals[currency.toLowerCase()] ?? 2
}
