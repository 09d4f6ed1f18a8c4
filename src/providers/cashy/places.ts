import { wirePlaces } from "../../gateways/cashy/client"
import { isoPlaces } from "../../gateways/shared/money"
import type { CurrencyPlaces } from "../../gateways/shared/money"

/** What Cashy counts the one currency of the merchant's account in: two places at most, whatever ISO says. */
export function placesOf({
  currency,
  wholeAmounts,
}: {
  currency: string
  wholeAmounts: boolean
}): CurrencyPlaces {
  return { [currency]: wholeAmounts ? 0 : Math.min(wirePlaces, isoPlaces(currency)) }
}
