/**
 * Fifteen digits at most: so many a JSON number keeps exactly, and MoCoPay's amounts are JSON numbers.
 * Assumption: up to three decimal places; the vendor shows whole numbers only.
 */
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,3}))?$/

/** In thousandths of the major unit; `undefined` where the text is no such decimal. */
export function parseThousandths(text: string): bigint | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(3, "0"))
}

/** @throws {Error} where the text is no positive amount. */
export function thousandths(text: string): bigint {
  const amount = parseThousandths(text)
  if (amount !== undefined && amount > 0n) return amount
  throw new Error(`"${text}" is no positive decimal of at most three places, such as 10.50`)
}

/** As it stands in JSON. */
export function wireNumber(amount: bigint): number {
  return Number(decimalText(amount))
}

/** With as many decimals as it needs: `"10.5"`. */
export function decimalText(amount: bigint): string {
  const digits = String(amount).padStart(4, "0")
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, "")
}
