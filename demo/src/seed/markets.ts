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
  {
    region: "Cambodia",
    country: "kh",
    currency: "usd",
    tax: { name: "VAT", percent: 10 },
    paymentProviders: ["pp_kess_kess"],
    shipping: [
      { name: "Phnom Penh parcel", description: "6 to 8 days, to your door", price: 4.25 },
      { name: "Parcel to all provinces", description: "8 to 12 days", price: 5.75 },
    ],
  },
  {
    region: "Pakistan",
    country: "pk",
    // Cashy takes whole rupees, so all prices are such.
    currency: "pkr",
    tax: { name: "Sales tax", percent: 18 },
    paymentProviders: ["pp_cashy_cashy"],
    shipping: [
      { name: "Post office", description: "8 to 12 days, you pick it up", price: 650 },
      { name: "Courier", description: "6 to 8 days, all cities", price: 1150 },
    ],
  },
  {
    region: "Croatia",
    country: "hr",
    // MoCoPay bills price points, here every half euro, so all prices are such.
    currency: "eur",
    tax: { name: "PDV", percent: 25 },
    paymentProviders: ["pp_paymentz_paymentz", "pp_mocopay_mocopay"],
    shipping: [
      { name: "Parcel locker", description: "6 to 8 days, in your quarter", price: 3.5 },
      { name: "To your door", description: "6 to 8 days", price: 5 },
    ],
  },
]
