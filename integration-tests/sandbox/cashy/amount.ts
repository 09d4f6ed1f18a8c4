/** Cashy, payIn: `decimal(20,2)`, so eighteen digits before the point. */
const AMOUNT = /^(0|[1-9]\d{0,17})(?:\.(\d{1,2}))?$/

/** The amount with two decimals, such as `"100.00"`; `undefined` where it is not a positive decimal of at most two. */
export function parseAmount(text: string): string | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  if (whole === undefined) return undefined
  const amount = `${whole}.${decimals.padEnd(2, "0")}`
  return amount === "0.00" ? undefined : amount
}

export function isWhole(amount: string): boolean {
  return amount.endsWith(".00")
}

/** `"100.00"` is `"100"`, `"100.50"` is `"100.5"`. */
export function withoutZeros(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount
}

/** Of amounts with two decimals each. */
export function isLess(amount: string, other: string): boolean {
  return inCents(amount) < inCents(other)
}

/** Of amounts with two decimals each; below zero it begins with a minus. */
export function sumOf(
  terms: readonly { readonly amount: string; readonly sign: number }[]
): string {
  const cents = terms.reduce((sum, { amount, sign }) => sum + BigInt(sign) * inCents(amount), 0n)
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0")
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function inCents(amount: string): bigint {
  return BigInt(amount.replace(".", ""))
}
