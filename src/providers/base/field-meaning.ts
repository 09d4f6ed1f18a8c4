import { visibleText, isWalletCode } from "../../gateways/shared/text"

/** Names of fields that are made for card data. */
const cardKeys =
  /^((card_?)?(cvv2?|cvc2?|cvn|csc)|cav2?|security_?code|card_?(number|no|num)|pan|(card)?_?expiry_?(month|year|date)?|exp_?(month|year))$/i

export function isCardField(name: string): boolean {
  return cardKeys.test(name)
}

/** More than this is none of them, and is not read. */
const longest = 2_000

/**
 * Whether a value is what its field is for. Such a value is no card number, whatever its check digit: one in ten
 * identity, phone and other numbers has that of a card.
 */
export function isMeant(field: string, value: unknown): boolean {
  const means = Object.hasOwn(meanings, field) ? meanings[field] : undefined
  return (
    means !== undefined &&
    typeof value === "string" &&
    value.length <= longest &&
    means(visibleText(value))
  )
}

const meanings: Readonly<Record<string, (text: string) => boolean>> = {
  "payer.id_number": isIdentityNumber,
  "payer.phone": isPhoneNumber,
  "payer.email": (text) => /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text),
  auth_code: (text) => isWalletCode(text.replace(/[ -]/g, "")),
  return_url: isAddress,
}

/**
 * Assumption: an identity number has at most 18 digits (China's; Indonesia's and the Philippines' have 16,
 * Pakistan's 13), in groups or not, with few letters before or behind. A card number that is written in its place
 * can't be told from one, so that it passes: an identity number goes to the gateway that asks for it, is masked in
 * what is kept of messages, and is cleared from the session. What is longer, such as a card number with its date
 * behind it, is searched.
 */
function isIdentityNumber(text: string): boolean {
  return (
    /^(?:[a-z]{1,3}[ -]?)?\d+(?:[ ./-]\d+)*(?:[ -]?[a-z]{1,2})?$/i.test(text) && digits(text) <= 18
  )
}

/**
 * Assumption: a number that is written for a call from abroad has up to 15 digits (ITU-T E.164). Without `+` or
 * `00` in front, cards have as many; there it has up to 13, as cards have not had for long.
 */
function isPhoneNumber(text: string): boolean {
  const [, abroad, number = ""] =
    /^(\+|00)?([\d\s()./-]{5,40}?)(?:[,;]?\s?(?:extension|ext\.?|x|#)\s?\d{1,7})?$/i.exec(text) ??
    []
  const count = digits(number)
  return count >= 5 && count <= (abroad === undefined ? 13 : 15)
}

/** Where a shopper comes back to is held against the shop's own list, and the shop writes what stands in it. */
function isAddress(text: string): boolean {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && ![...url.searchParams.keys()].some(isCardField)
}

function digits(text: string): number {
  return text.replace(/\D/g, "").length
}
