import { fitsPlaces, isPositive, tryDecimal, placesFor } from "../../gateways/shared/money"
import type {
  PayoutAccount,
  PayoutCapabilities,
  PayoutField,
  PayoutOrder,
} from "../../modules/payout/provider"

/** Why a transfer can never be sent as it stands; undefined where nothing is in its way. */
export function orderProblem(
  { amount, currencyCode, account }: PayoutOrder,
  { currencies, accountFields }: PayoutCapabilities
): string | undefined {
  const places = placesFor(currencies, currencyCode)
  if (places === undefined) {
    return `${currencyCode.toUpperCase()} can't be sent here, only ${Object.keys(currencies).join(", ").toUpperCase()}`
  }
  const exact = tryDecimal(amount)
  if (exact === undefined || !isPositive(exact)) {
    return "the amount is not an amount above zero"
  }
  if (!fitsPlaces(exact, places)) {
    return `${currencyCode.toUpperCase()} is sent with at most ${places} decimal places`
  }
  return fieldProblem(account, accountFields)
}

/** The first field that is missing or does not look as it must; it never holds a value. */
export function fieldProblem(
  given: PayoutAccount,
  fields: readonly PayoutField[]
): string | undefined {
  for (const { name, title, required, pattern, hint } of fields) {
    const value = Object.hasOwn(given, name) ? given[name]?.trim() : undefined
    if (!value) {
      if (required) {
        return `${name} (${title}) is missing`
      }
    } else if (pattern && !pattern.test(value)) {
      return `${name} (${title}) can't be used${hint ? `: ${hint}` : ""}`
    }
  }
  return undefined
}
