/** A country the shop sells to: what it is paid in, what is added, how it ships and who takes the money. */
export type Market = {
  region: string
  /** ISO 3166-1 alpha-2, lower case. A country belongs to one region only. */
  country: string
  /** ISO 4217, lower case. */
  currency: string
  tax: { name: string; percent: number }
  /** Medusa's provider ids: `pp_<gateway>_<id in medusa-config.ts>`. */
  paymentProviders: string[]
  /** Prices in major units of the market's currency, tax included. */
  shipping: { name: string; description: string; price: number }[]
}

export const markets: readonly Market[] = [
  {
    region: "Philippines",
    country: "ph",
    currency: "php",
    tax: { name: "VAT", percent: 12 },
    paymentProviders: ["pp_mocasa_mocasa"],
    shipping: [
      { name: "Metro Manila rider", description: "Tomorrow, between 9 and 18 h", price: 95 },
      { name: "Provincial courier", description: "3 to 5 days, all islands", price: 180 },
    ],
  },
]
