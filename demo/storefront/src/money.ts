/** The shop's prices in rupees are whole. */
const wholeCurrencies = ["pkr"]

/** @param amount in major units */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("en-PH", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(wholeCurrencies.includes(currency) && { maximumFractionDigits: 0 }),
  }).format(amount)
}
