import { isGatewayFailure } from "../../gateways/shared/errors"
import { fitsDecimals, isPositive, decimalsFor, tryDecimal } from "../../gateways/shared/money"
import type {
  NewPayoutBeneficiary,
  PayoutAccount,
  PayoutBeneficiaryResult,
  PayoutCapabilities,
  PayoutField,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
  PayoutErrorText,
} from "../../modules/payout/provider"
import { errorTextOf, errorTextForOwner, type SetUpSubject } from "../../providers/base/errors"

/**
 * What a failed call says about a transfer that was to be sent. A gateway that does not accept our credentials
 * did nothing: it is as if nothing had been sent.
 */
export function failedToSend(error: unknown, subject?: SetUpSubject): PayoutResult {
  const gatewayError = errorText(error, subject)
  if (!isGatewayFailure(error)) {
    return { outcome: "unknown", ...gatewayError }
  }
  switch (error.outcome) {
    case "not_sent":
      return { outcome: "not_sent", ...gatewayError }
    case "declined":
      return {
        outcome: error.isUnauthorized ? "not_sent" : "failed",
        ...(error.reason === "low_balance" ? { isBalanceTooLow: true } : {}),
        ...gatewayError,
      }
    case "unknown":
      return { outcome: "unknown", ...gatewayError }
  }
}

/** A question that fails says nothing about the transfer, however final its own failure is. */
export function failedToAsk(error: unknown, subject?: SetUpSubject): PayoutReport {
  return { outcome: "unknown", ...errorText(error, subject) }
}

/**
 * What a failed call says about a beneficiary.
 *
 * @param whereToLook what a person does about an answer that was lost
 */
export function failedToRegister(
  error: unknown,
  whereToLook: string,
  subject?: SetUpSubject
): PayoutBeneficiaryResult {
  const { code, message } = errorText(error, subject)
  if (!isGatewayFailure(error) || error.outcome === "unknown") {
    return { status: "pending", code, message: `${message}. ${whereToLook}` }
  }
  if (error.outcome === "not_sent" || error.isUnauthorized) {
    return { status: "rejected", code, message: `${message}. Nothing was made: add it once more` }
  }
  return { status: "rejected", code, message }
}

/** @param subject of whom the set-up may be wrong: what to set right is said as well */
function errorText(error: unknown, subject?: SetUpSubject): { code?: string; message: string } {
  return subject ? errorTextForOwner(subject, error) : errorTextOf(error)
}

/** Why a transfer can never be sent as it stands; undefined where nothing is in its way. */
export function orderProblem(
  { amount, currencyCode, account }: PayoutOrder,
  { currencies, accountFields }: PayoutCapabilities
): string | undefined {
  const decimals = decimalsFor(currencies, currencyCode)
  if (decimals === undefined) {
    return `${currencyCode.toUpperCase()} can't be sent here, only ${Object.keys(currencies).join(", ").toUpperCase()}`
  }
  const exact = tryDecimal(amount)
  if (exact === undefined || !isPositive(exact)) {
    return "the amount is not an amount above zero"
  }
  if (!fitsDecimals(exact, decimals)) {
    return `${currencyCode.toUpperCase()} is sent with at most ${decimals} decimal places`
  }
  return fieldProblem(account, accountFields)
}

/** The first field that is missing or does not look as it must; it never holds a value. */
export function fieldProblem(
  given: PayoutAccount,
  fields: readonly PayoutField[]
): string | undefined {
  for (const { name, title, required, pattern, hint, problem } of fields) {
    const value = Object.hasOwn(given, name) ? given[name]?.trim() : undefined
    if (!value) {
      if (required) {
        return `${name} (${title}) is missing`
      }
    } else if (pattern && !pattern.test(value)) {
      return `${name} (${title}) can't be used${hint ? `: ${hint}` : ""}`
    } else if (problem?.(value) !== undefined) {
      return `${name} (${title}) can't be used: ${problem(value)}`
    }
  }
  return undefined
}

/** Shorter ones, such as the number of an account's type, say nothing about anybody. */
const shortest = 4
const mask = "***"

export function personalOf(
  of: PayoutOrder | NewPayoutBeneficiary
): readonly (string | null | undefined)[] {
  return "reference" in of
    ? [...Object.values(of.beneficiary), ...Object.values(of.account)]
    : [of.name, of.email, of.phone, ...Object.values(of.account), ...Object.values(of.identity)]
}

/**
 * What a gateway said, without what it repeated of the payee: its words are stored, shown and logged, and it
 * may write the account or the name into them.
 */
export function withoutPersonal<Text extends PayoutErrorText>(
  gatewayError: Text,
  personal: readonly (string | null | undefined)[]
): Text {
  const values = personal
    .filter((value): value is string => typeof value === "string")
    .map((value) => value.trim())
    .filter((value) => value.length >= shortest)
    // The longest first, so that no part of one is left beside the mask.
    .sort((one, other) => other.length - one.length)
  if (values.length === 0) {
    return gatewayError
  }
  const pattern = new RegExp(
    values.flatMap((value) => [...rewritten(value), escaped(value)]).join("|"),
    "giu"
  )
  return {
    ...gatewayError,
    ...(gatewayError.code === undefined ? {} : { code: gatewayError.code.replace(pattern, mask) }),
    ...(gatewayError.message === undefined
      ? {}
      : { message: gatewayError.message.replace(pattern, mask) }),
  }
}

/** Whatever stands between the characters of a number. */
const separators = "[^\\p{L}\\p{N}]{0,3}"
/** What people write between the prefix of a country, or of a bank, and a number. */
const prefixSeparators = "[\\s().+/\\-\\u2010-\\u2015]{0,3}"
/** What remains of a phone's number without its prefix, and tells accounts apart in `identifyingNumber`. */
const localDigits = 10
/** Shorter ones are looked for as they stand alone: too much would look like them. */
const shortestNumber = 6

/**
 * A pattern for a number however it is written: in groups, without zeros in front, behind the prefix of a country or
 * inside a longer run of digits. None for what is no number, such as a name.
 */
function rewritten(value: string): string[] {
  const bare = value.replace(/[^\p{L}\p{N}]/gu, "")
  const core = bare.replace(/^0+/, "")
  if (!/\d{4}/.test(core) || core.length < shortestNumber) {
    return []
  }
  // A number with the prefix of its country or its bank is also repeated without it, and an IBAN by the account within it.
  const digits = core.replace(/\D/g, "").slice(-localDigits).replace(/^0+/, "")
  const forms = digits.length < shortestNumber ? [core] : [core, digits]
  return forms.map((form) => {
    const written = [...form].map(inAnyScript).join(separators)
    return `(?:\\+?\\p{Nd}+${prefixSeparators})?\\+?${written}\\p{Nd}*`
  })
}

/** The zeros of the digits that gateways of these countries write, of ASCII, Arabic, Urdu, Devanagari, Khmer and full width. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x17e0, 0xff10]

function inAnyScript(character: string): string {
  return /\d/.test(character)
    ? `[${zeros.map((zero) => String.fromCodePoint(zero + Number(character))).join("")}]`
    : escaped(character)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}
