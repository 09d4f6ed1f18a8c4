/**
 * An amount as a person types it, with a point or a comma: `1985,5` with two decimals is `1985.50`. Zeros count as
 * decimals from the third on, because `1.500` and `50,000` can be meant as thousands.
 *
 * @returns an exact text in major units; undefined for what is no amount above zero, or has too many decimals
 */
export function typedAmount(text: string, decimals: number): string | undefined {
  const [, whole = "", fraction = ""] = /^(\d{1,15})(?:[.,](\d*))?$/.exec(text.trim()) ?? []
  const isTooLong =
    fraction.length > Math.max(decimals, 2) || fraction.replace(/0+$/, "").length > decimals
  if (whole === "" || isTooLong || /^0*$/.test(whole + fraction)) {
    return undefined
  }
  const digits = fraction.slice(0, decimals).padEnd(decimals, "0")
  return `${BigInt(whole)}${decimals > 0 ? `.${digits}` : ""}`
}

/** Of an exact text. */
export function decimalsOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0
}

/** Below zero where the first is less, above where it is more; exact. */
export function compareAmounts(one: string, other: string): number {
  const decimals = Math.max(decimalsOf(one), decimalsOf(other))
  const [a, b] = [one, other].map((amount) => {
    const [whole = "", fraction = ""] = amount.split(".")
    return BigInt(whole + fraction.padEnd(decimals, "0"))
  }) as [bigint, bigint]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Keys of the till's pad; each digit comes in on the right, as on a card terminal. */
export const padKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "0", "back"] as const

export type PadKey = (typeof padKeys)[number]

const mostDigits = 9

/** The digits that were typed after one more key; never with zeros at the front. */
export function typed(digits: string, key: PadKey): string {
  if (key === "back") {
    return digits.slice(0, -1)
  }
  const next = (digits + key).replace(/^0+/, "")
  return next.length > mostDigits ? digits : next
}

/** The amount that digits stand for, in major units: `1250` with two decimals is `12.50`. */
export function amountOf(digits: string, decimals: number): string {
  const whole = digits.padStart(decimals + 1, "0")
  const point = whole.length - decimals
  return decimals === 0 ? whole : `${whole.slice(0, point)}.${whole.slice(point)}`
}
