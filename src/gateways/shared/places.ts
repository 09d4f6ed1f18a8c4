/**
 * How many decimal places a gateway has for each currency it takes, by the lower-case ISO code.
 * The gateway's own places count, not those of ISO 4217 or of the shop's currency table.
 */
export type CurrencyPlaces = Readonly<Record<string, number>>

/** @returns undefined for a currency the gateway does not take */
export function placesFor(places: CurrencyPlaces, currencyCode: string): number | undefined {
  const currency = currencyCode.toLowerCase()
  return Object.hasOwn(places, currency) ? places[currency] : undefined
}
