// Twelve digits before the point keep the webhook's number exact.
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/

/** The amount with two decimals, such as `"100.00"`; `undefined` where it is not a positive decimal of at most two. */
export function parseAmount(text: string): string | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  if (whole === undefined) return undefined
  const amount = `${whole}.${decimals.padEnd(2, "0")}`
  return amount === "0.00" ? undefined : amount
}
