/** Hosted page, "amount": `[0-9]{1,8}\.[0-9]{2}`, in major units and with two decimals in every currency. */
const AMOUNT = /^\d{1,8}\.\d{2}$/
/** ISO 4217: they have no minor unit. */
const WITHOUT_MINOR_UNIT = ["JPY", "KRW", "VND", "CLP", "XAF", "XOF"]

export function isAmount(text: string): boolean {
  return AMOUNT.test(text) && cents(text) > 0n
}

/** Whether such an amount can be paid: a bank has no half a yen. */
export function isPayable(amount: string, currency: string): boolean {
  return amount.endsWith(".00") || !WITHOUT_MINOR_UNIT.includes(currency)
}

export function isAtMost(amount: string, limit: string): boolean {
  return cents(amount) <= cents(limit)
}

function cents(amount: string): bigint {
  return BigInt(amount.replace(".", ""))
}
