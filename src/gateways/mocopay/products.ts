import {
  compare,
  equal,
  fixedAt,
  subtract,
  type DecimalString,
  isoDecimals,
  decimalsFor,
  type CurrencyDecimals,
} from "../shared/money"
import type { GatewayDeclinedError } from "../shared/errors"
import type { MocopayPaymentType } from "./statuses"
import { mocopayErrors } from "./errors"

/** A product as MoCoPay set it up for the shop. Major units; the currency in lower case. */
export type MocopayProduct = {
  pid: string
  amount: DecimalString
  currency: string
  /** Counts where MoCoPay's answer does not say it. */
  type: MocopayPaymentType
}

type Price = Pick<MocopayProduct, "amount" | "currency">

/** The product with exactly this price: MoCoPay is told no amount, so that nothing near it will do. */
export function productAt(
  products: readonly MocopayProduct[],
  { amount, currency }: Price
): MocopayProduct | undefined {
  return products.find((product) => product.currency === currency && equal(product.amount, amount))
}

/**
 * The currencies of the products.
 *
 * Assumption: MoCoPay counts in the decimals of ISO 4217, or in as many as a price has. With fewer, a total
 * of 10.40 would be rounded to the price of 10 and sold for it.
 */
export function decimalsOf(products: readonly MocopayProduct[]): CurrencyDecimals {
  const decimals: Record<string, number> = {}
  for (const { amount, currency } of products) {
    const written = amount.split(".")[1]?.length ?? 0
    decimals[currency] = Math.max(decimals[currency] ?? isoDecimals(currency), written)
  }
  return decimals
}

const mostShown = 8

/** What is said where no product has the price; nothing was sent. */
export function noProduct(
  products: readonly MocopayProduct[],
  { amount, currency }: Price
): GatewayDeclinedError {
  const decimals = decimalsFor(decimalsOf(products), currency) ?? isoDecimals(currency)
  const shown = (price: DecimalString) => fixedAt(price, decimals)
  const prices = products.filter((product) => product.currency === currency)
  const nearest = [...prices]
    .sort((one, other) => compare(distance(one.amount, amount), distance(other.amount, amount)))
    .slice(0, mostShown)
    .sort((one, other) => compare(one.amount, other.amount))
    .map((price) => shown(price.amount))
  const others = prices.length > nearest.length ? ` and ${prices.length - nearest.length} more` : ""
  return mocopayErrors.refusedHere(
    "initPayment",
    `no product costs ${shown(amount)} ${currency.toUpperCase()}; ` +
      `the prices on offer are ${nearest.join(", ")}${others}`
  )
}

function distance(one: DecimalString, other: DecimalString): DecimalString {
  return compare(one, other) < 0 ? subtract(other, one) : subtract(one, other)
}
