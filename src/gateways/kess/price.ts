/** The currencies of a KESS store, and the fee that a shopper pays on top. */

import {
  add,
  decimal,
  type DecimalString,
  equal,
  isZero,
  multiply,
  roundHalfUp,
} from "../shared/money"

/**
 * The currencies of a KESS store, which KESS sets in its back office. A dollar has two decimals.
 *
 * Assumption: a riel has none. ISO 4217 counts it with two, but it has no smaller unit in use.
 */
export const kessDecimals = { usd: 2, khr: 0 } as const

/** What a shopper is charged for an order; major units. `feeRate` in percent, as KESS takes it. */
export type KessPrice = { amount: DecimalString; feeRate?: DecimalString; decimals: number }

const hundredth = decimal("0.01")

/**
 * What the shopper pays on top (KESS, "Native pay", `fee_rate`).
 *
 * Assumption: it is `feeRate` percent of the amount, rounded half up to the currency's decimals.
 */
export function feeOn({ amount, feeRate, decimals }: KessPrice): DecimalString {
  return feeRate === undefined
    ? decimal("0")
    : roundHalfUp(multiply(amount, multiply(feeRate, hundredth)), decimals)
}

/**
 * Whether an amount that KESS names is what the order costs, and what of it is the fee.
 *
 * Assumption: the page does not say whether KESS names the amount with the fee or without it, so either is
 * right, to the last digit, and nothing between them.
 *
 * @returns undefined for any other amount
 */
export function partsOf(
  named: DecimalString,
  price: KessPrice
): { amount: DecimalString; fee?: DecimalString } | undefined {
  if (equal(named, price.amount)) {
    return { amount: named }
  }
  const fee = feeOn(price)
  return !isZero(fee) && equal(named, add(price.amount, fee))
    ? { amount: price.amount, fee }
    : undefined
}
