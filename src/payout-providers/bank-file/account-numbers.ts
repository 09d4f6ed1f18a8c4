import {
  electronicFormatIBAN,
  extractIBAN,
  isSEPACountry,
  isValidBIC,
  validateIBAN,
  ValidationErrorsIBAN,
} from "ibantools"
import { isStorable, visibleText } from "../../gateways/shared/text"

/**
 * Assumption: these have joined SEPA since the list of `ibantools` was made (Albania and Montenegro 2024, Moldova and
 * North Macedonia 2025, Serbia 2026).
 */
const joinedLately: ReadonlySet<string> = new Set(["AL", "MD", "ME", "MK", "RS"])

/** What people write between the groups of an IBAN; anything else in it is no slip of the hand. */
const writtenIban = /^[A-Z]{2}[A-Z0-9 \u00a0-]+$/i

/** As machines write it, without blanks: `HR1210010051863000160`. */
export function plainIban(iban: string): string {
  return electronicFormatIBAN(iban.replace(/\s/g, "")) ?? ""
}

export function plainBic(bic: string): string {
  return bic.replace(/\s/g, "").toUpperCase()
}

/** Why it is no IBAN; undefined where it is one. It holds nothing of the number. */
export function ibanProblem(iban: string): string | undefined {
  if (!writtenIban.test(iban.trim())) {
    return "an IBAN is two letters, two digits and the account, such as HR12 1001 0051 8630 0016 0"
  }
  const { errorCodes } = validateIBAN(plainIban(iban))
  const has = (code: ValidationErrorsIBAN) => errorCodes.includes(code)
  if (errorCodes.length === 0) {
    return undefined
  }
  if (has(ValidationErrorsIBAN.NoIBANCountry)) {
    return "its first two letters are no country that has IBANs"
  }
  if (has(ValidationErrorsIBAN.WrongBBANLength)) {
    return "it is longer or shorter than the IBANs of its country. Is a group missing?"
  }
  return "its check digits don't agree with the rest: a character is wrong, or two changed places"
}

/** The same of an account that a SEPA transfer can be sent to. */
export function sepaIbanProblem(iban: string): string | undefined {
  const problem = ibanProblem(iban)
  if (problem !== undefined) {
    return problem
  }
  const { countryCode = "" } = extractIBAN(plainIban(iban))
  return isSEPACountry(countryCode) || joinedLately.has(countryCode)
    ? undefined
    : `${countryCode} is not in SEPA: no SEPA transfer can be sent there`
}

const longestIdentifier = 35

/** A number or a name that the bank gives to a booking, whole: two are compared by it. Null where there is none. */
export function bankIdentifier(text: string | undefined): string | null {
  const shown = visibleText(text ?? "").slice(0, longestIdentifier)
  return shown !== "" && isStorable(shown) ? shown : null
}

/** Why it is no BIC; undefined where it is one. */
export function bicProblem(bic: string): string | undefined {
  return isValidBIC(plainBic(bic))
    ? undefined
    : "a BIC has 8 or 11 letters and digits, with the country in the fifth and sixth place, such as ZABAHR2X"
}
