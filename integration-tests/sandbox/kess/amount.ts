// Twelve digits before the point: with two decimals behind it a JSON number still holds each of them exactly.
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/
const RATE = /^(0|[1-9]\d?)(?:\.(\d{1,2}))?$/

/**
 * Money in hundredths of the currency: whole numbers, because sums of binary fractions drift. Assumption: two decimals in
 * riel too, as ISO 4217 has it; the vendor's samples are all in dollars.
 */
export type Cents = bigint

/** `undefined` where the text is not a positive decimal of at most two decimals: `0.1`, `100.00`, never `1e2`. */
export function parseAmount(text: string): Cents | undefined {
  const cents = hundredths(AMOUNT.exec(text))
  return cents === 0n ? undefined : cents
}

/** A percentage as hundredths of a percent: `2.5` is 250. `undefined` for 100 or more, or more than two decimals. */
export function parseFeeRate(text: string): bigint | undefined {
  return hundredths(RATE.exec(text))
}

function hundredths(match: RegExpExecArray | null): bigint | undefined {
  const [, whole, decimals = ""] = match ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(2, "0"))
}

/** With two decimals, such as `"100.00"`. */
export function formatAmount(cents: Cents): string {
  const digits = cents.toString().padStart(3, "0")
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Reads again what `formatAmount` wrote. */
export function centsOf(formatted: string): Cents {
  return BigInt(formatted.replace(".", ""))
}

/** What the buyer pays on top. Assumption: rounded half up to two decimals; the vendor does not say. */
export function feeOn(amount: Cents, feeRate: string): Cents {
  const rate = parseFeeRate(feeRate) ?? 0n
  return (amount * rate + 5_000n) / 10_000n
}
