/** Exact decimal amounts, and the decimals of currencies. */

import { BigNumber } from "bignumber.js"
import { printableAmount } from "./text"

/**
 * An exact decimal in its one canonical text: no exponent, no plus, no needless zeros, no `-0`.
 * Two amounts are equal exactly when their texts are.
 */
export type DecimalString = string & { readonly __brand: "DecimalString" }

/** The text is not an amount. */
export class InvalidAmountError extends Error {
  override readonly name: string = "InvalidAmountError"
}

/** The amount has more decimal places than there are for its currency. */
export class TooManyDecimalsError extends InvalidAmountError {
  override readonly name = "TooManyDecimalsError"

  constructor(
    readonly amount: DecimalString,
    readonly decimals: number
  ) {
    super(`${amount} has more than ${decimals} decimal ${decimals === 1 ? "place" : "places"}`)
  }
}

// A clone of our own: the global BigNumber is the host's too, and its settings are not ours to rely
// on or to change.
const Exact = BigNumber.clone({
  DECIMAL_PLACES: 40,
  ROUNDING_MODE: BigNumber.ROUND_HALF_UP,
  EXPONENTIAL_AT: 1e9,
  RANGE: 1e9,
})

const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i
/** Every finite number fits (the smallest has 326 characters); `1e999999999` can't fill the memory. */
const MAX_LENGTH = 1000

/**
 * Reads an amount. A number counts as its shortest decimal text (`0.1` is 0.1), which is what
 * JSON and people mean by it.
 *
 * @throws InvalidAmountError for anything else than plain digits: blanks, commas, hex, a plus,
 * `.5`, `5.`, NaN, Infinity, the empty text, and whatever is not a text or a number at all
 */
export function decimal(input: string | number | bigint): DecimalString {
  const amount = tryDecimal(input)
  if (amount === undefined) {
    throw notAnAmount(input)
  }
  return amount
}

/** As `decimal`, with undefined for what is not an amount; never throws, whatever it is given. */
export function tryDecimal(input: unknown): DecimalString | undefined {
  const text = typeof input === "number" || typeof input === "bigint" ? String(input) : input
  if (typeof text !== "string" || text.length > MAX_LENGTH || !DECIMAL.test(text)) {
    return undefined
  }
  const canonicalText = new Exact(text).toFixed()
  return canonicalText.length > MAX_LENGTH ? undefined : brand(canonicalText)
}

/** To the nearest with that many decimals; a half goes away from zero (`0.005` to 0.01). */
export function roundHalfUp(amount: DecimalString, decimals: number): DecimalString {
  return canonical(new Exact(amount).decimalPlaces(checkedDecimals(decimals), Exact.ROUND_HALF_UP))
}

/** Whether nothing would be lost with that many decimals; zeros at the end do not count. */
export function fitsDecimals(amount: DecimalString, decimals: number): boolean {
  return writtenDecimals(amount) <= checkedDecimals(decimals)
}

/** How many decimals an amount is written with, zeros at the end included: of `1.500` it is 3. */
function writtenDecimals(amount: string): number {
  const point = amount.indexOf(".")
  return point === -1 ? 0 : amount.length - point - 1
}

/**
 * The amount with exactly that many decimals: `exactAt("5", 2)` is `5.00`. It never rounds.
 *
 * @throws TooManyDecimalsError
 */
export function exactAt(amount: DecimalString, decimals: number): string {
  if (!fitsDecimals(amount, decimals)) {
    throw new TooManyDecimalsError(amount, decimals)
  }
  return new Exact(amount).toFixed(decimals)
}

/** The amount with exactly that many decimals, rounded half up where it has more. */
export function fixedAt(amount: DecimalString, decimals: number): string {
  return exactAt(roundHalfUp(amount, decimals), decimals)
}

/** Below zero where `a` is less than `b`, zero where they are equal, above zero otherwise. */
export function compare(a: DecimalString, b: DecimalString): number {
  // Null only for NaN, which a DecimalString never is.
  return new Exact(a).comparedTo(b) ?? 0
}

export function equal(a: DecimalString, b: DecimalString): boolean {
  return a === b
}

export function add(a: DecimalString, b: DecimalString): DecimalString {
  return canonical(new Exact(a).plus(b))
}

export function subtract(a: DecimalString, b: DecimalString): DecimalString {
  return canonical(new Exact(a).minus(b))
}

/** Exact: the product has as many decimals as both together. */
export function multiply(a: DecimalString, b: DecimalString): DecimalString {
  return canonical(new Exact(a).times(b))
}

export function isZero(amount: DecimalString): boolean {
  return amount === "0"
}

/** Above zero. */
export function isPositive(amount: DecimalString): boolean {
  return !isZero(amount) && !amount.startsWith("-")
}

/**
 * The amount as the text of a JSON number, such as `0.3`. Whoever reads it with binary doubles
 * gets the same amount, so `JSON.stringify(Number(numberLiteral(amount)))` is exact as well.
 *
 * @throws InvalidAmountError where a double could not hold it (more than 15 digits or so): a
 * gateway that reads JSON as most do would charge another amount
 */
export function numberLiteral(amount: DecimalString): string {
  if (!isExactAsDouble(amount)) {
    throw new InvalidAmountError(
      `${shown(amount)} has too many digits to be sent as a JSON number without loss`
    )
  }
  return amount
}

/** Whether a binary double read from this decimal text prints as the same decimal again. */
export function isExactAsDouble(text: string): boolean {
  const exact = tryDecimal(text)
  return exact !== undefined && tryDecimal(Number(text)) === exact
}

function canonical(value: BigNumber): DecimalString {
  const text = value.toFixed()
  if (text.length > MAX_LENGTH) {
    throw notAnAmount(text)
  }
  return brand(text)
}

// The one place where a text becomes a DecimalString.
function brand(text: string): DecimalString {
  return text as DecimalString
}

function checkedDecimals(decimals: number): number {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 20) {
    throw new RangeError("decimal places must be a whole number from 0 to 20")
  }
  return decimals
}

function notAnAmount(input: unknown): InvalidAmountError {
  return new InvalidAmountError(
    `${shown(input)} is not an amount: it must be digits with a point, such as 12.50`
  )
}

function shown(input: unknown): string {
  const text = printableAmount(input, 40)
  return text === undefined ? `a value of type ${typeof input}` : `"${text}"`
}

/**
 * How many decimal places a gateway has for each currency it takes, by the lower-case ISO code.
 * The gateway's own decimals count, not those of ISO 4217 or of the shop's currency table. They stand in:
 * - cashy: `decimalsOf` in providers/cashy/options.ts, at most `wireDecimals` of gateways/cashy/client.ts
 * - kess: `kessDecimals` in gateways/kess/price.ts
 * - mocasa: `decimals` in providers/mocasa/gateway.ts
 * - mocopay: `decimalsOf` in gateways/mocopay/products.ts, from the shop's price list
 * - paymentz: the option `currencies` in providers/paymentz/options.ts; amounts are sent with `wireDecimals` of
 *   gateways/paymentz/client.ts
 *
 * Those of payouts: `capabilities.currencies` in payout-providers/<gateway>/provider.ts, and of bank files in
 * payout-providers/bank-file/options.ts.
 */
export type CurrencyDecimals = Readonly<Record<string, number>>

/** @returns undefined for a currency the gateway does not take */
export function decimalsFor(decimals: CurrencyDecimals, currencyCode: string): number | undefined {
  const currency = currencyCode.toLowerCase()
  return Object.hasOwn(decimals, currency) ? decimals[currency] : undefined
}

/**
 * The currencies that ISO 4217 counts in other than two decimal places. Written out, because the platform's
 * own table (Intl) follows what people pay with: it knows no decimals for HUF or PKR, whose amounts have two.
 */
const otherThanTwo: Readonly<Record<number, readonly string[]>> = {
  0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx vnd vuv xaf xof xpf".split(" "),
  3: "bhd iqd jod kwd lyd omr tnd".split(" "),
}

const isoCurrencies: ReadonlyMap<string, number> = new Map(
  Object.entries(otherThanTwo).flatMap(([count, currencies]) =>
    currencies.map((currency): [string, number] => [currency, Number(count)])
  )
)

/** For gateways that publish no decimals of their own. A code that ISO does not know has two, as most have. */
export function isoDecimals(currencyCode: string): number {
  return isoCurrencies.get(currencyCode.toLowerCase()) ?? 2
}

/**
 * Whether a person wrote an amount with more decimals than it can have. Zeros count as well, because nobody knows whether
 * `50.000` is fifty, or fifty thousand with a point between; as many as the currency is written with may stand there all
 * the same: `1500.00` rupees are 1500 to a gateway that moves whole ones.
 *
 * @param decimals of the currency at the gateway
 */
export function isWrittenTooExactly(
  written: string,
  currencyCode: string,
  decimals: number
): boolean {
  return (
    !fitsDecimals(decimal(written), decimals) ||
    writtenDecimals(written) > Math.max(decimals, usualDecimals(currencyCode))
  )
}

/**
 * How many decimals people write an amount of a currency with, where nothing is behind the point.
 *
 * Assumption: riels are written without, though ISO 4217 gives them two: the smallest note is of 50.
 */
function usualDecimals(currencyCode: string): number {
  return currencyCode.toLowerCase() === "khr" ? 0 : isoDecimals(currencyCode)
}
