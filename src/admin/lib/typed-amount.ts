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
