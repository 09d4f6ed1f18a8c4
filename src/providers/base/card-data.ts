import { isWalletCode, visibleText } from "../../gateways/shared/text"
import { isPlainObject } from "../../shared/validation"

/** What may stand between the groups of a card's digits: blanks, dashes, points, and invisible characters. */
const betweenGroups = /^[\s\p{Pd}\p{Cf}.]{1,3}$/u
const shortest = 13
const longest = 19

/**
 * Whether a value holds anything that looks like a payment card. Such data must never reach Medusa, which
 * stores what a storefront sends before any provider is asked, and shows it again through its API.
 */
export function looksLikeCardData(value: unknown, depth = 0): boolean {
  if (typeof value === "string" || typeof value === "number") {
    return holdsCardNumber(String(value))
  }
  if (typeof value !== "object" || value === null) {
    return false
  }
  if (depth > 8) {
    return true // refused without a search: no storefront needs to nest its data so deep
  }
  return Object.entries(value).some(
    ([key, entry]) =>
      (isCardField(key) && entry !== null && entry !== "") ||
      holdsCardNumber(key) ||
      looksLikeCardData(entry, depth + 1)
  )
}

/**
 * The same of what a storefront sends for a payment session: a field that has a meaning is read by it, and all else
 * is searched, what is not listed too.
 */
export function holdsCardData(data: Readonly<Record<string, unknown>>): boolean {
  return looksLikeCardData(
    Object.fromEntries(
      Object.entries(data)
        .filter(([key, value]) => !isMeant(key, value))
        .map(([key, value]) => [key, isPlainObject(value) ? withoutMeant(key, value) : value])
    )
  )
}

function withoutMeant(of: string, value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([key, entry]) => !isMeant(`${of}.${key}`, entry))
  )
}

/** In time that grows with the text: from each group on, at most as many are read as a card number has digits. */
function holdsCardNumber(text: string): boolean {
  const groups = groupsOf(text)
  return groups.some((_, first) => beginsCardNumber(groups, first))
}

type Group = { digits: string; followsOn: boolean }

/** The digits of a text, with whether each group can go on the number that the one before it began. */
function groupsOf(text: string): Group[] {
  let end = 0
  return Array.from(text.matchAll(/\d+/g), ({ 0: digits, index }) => {
    const followsOn = index > 0 && index - end <= 3 && betweenGroups.test(text.slice(end, index))
    end = index + digits.length
    return { digits, followsOn }
  })
}

/** A date or another number can stand before or behind a card's, so every stretch of groups is looked at. */
function beginsCardNumber(groups: readonly Group[], first: number): boolean {
  let digits = ""
  for (let at = first; at < groups.length; at += 1) {
    const group = groups[at]
    if (!group || (at > first && !group.followsOn)) {
      return false
    }
    digits += group.digits
    if (digits.length > longest) {
      return false
    }
    if (digits.length >= shortest && knownIssuer.test(digits) && passesLuhn(digits)) {
      return true
    }
  }
  return false
}

/**
 * The ranges that card networks issue from. Visa and American Express have lengths of their own; the others
 * have 16 to 19 digits, longer than a phone number; WeChat's payment codes (10 to 15, 18 digits) lie outside.
 */
const knownIssuer = new RegExp(
  [
    "4(\\d{12}|\\d{15}|\\d{18})", // Visa
    "3[47]\\d{13}", // American Express
    "3(0[0-5]|[689]\\d)\\d{11}", // Diners Club
    "(5[0-9]|6\\d|81|82)\\d{14,17}", // Mastercard, Maestro, Discover, UnionPay, RuPay
    "2(22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}", // Mastercard's 2 series
    "35(2[89]|[3-8]\\d)\\d{12}", // JCB
    "220[0-4]\\d{12,15}", // Mir
    "9792\\d{12}", // Troy
  ]
    .map((range) => `^(${range})$`)
    .join("|")
)

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, character, position) => {
    const doubled = Number(character) * (position % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Names of fields that are made for card data. */
const cardKeys =
  /^((card_?)?(cvv2?|cvc2?|cvn|csc)|cav2?|security_?code|card_?(number|no|num)|pan|(card)?_?expiry_?(month|year|date)?|exp_?(month|year))$/i

function isCardField(name: string): boolean {
  return cardKeys.test(name)
}

/** More than this is none of them, and is not read. */
const longestField = 2_000

/**
 * Whether a value is what its field is for. Such a value is no card number, whatever its check digit: one in ten
 * identity, phone and other numbers has that of a card.
 */
function isMeant(field: string, value: unknown): boolean {
  const means = Object.hasOwn(meanings, field) ? meanings[field] : undefined
  return (
    means !== undefined &&
    typeof value === "string" &&
    value.length <= longestField &&
    means(visibleText(value))
  )
}

const meanings: Readonly<Record<string, (text: string) => boolean>> = {
  "payer.id_number": isIdentityNumber,
  "payer.phone": isPhoneNumber,
  "payer.email": (text) => /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text),
  auth_code: (text) => isWalletCode(text.replace(/[ -]/g, "")),
  saved_method_id: isRandomId,
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
    /^(?:[a-z]{1,3}[ -]?)?\d+(?:[ ./-]\d+)*(?:[ -]?[a-z]{1,2})?$/i.test(text) &&
    countDigits(text) <= 18
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
  const count = countDigits(number)
  return count >= 5 && count <= (abroad === undefined ? 13 : 15)
}

/**
 * Assumption: Paymentz' registration ids are 128 random bits as 32 hexadecimal characters, or as a UUID; one in
 * 5,000 of them holds a run of digits like a card's. One without a letter could be a card number behind zeros.
 */
function isRandomId(text: string): boolean {
  return (
    /[a-f]/i.test(text) && /^[\da-f]{8}(-?)[\da-f]{4}(?:\1[\da-f]{4}){2}\1[\da-f]{12}$/i.test(text)
  )
}

/** Where a shopper comes back to is held against the shop's own list, and the shop writes what stands in it. */
function isAddress(text: string): boolean {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && ![...url.searchParams.keys()].some(isCardField)
}

function countDigits(text: string): number {
  return text.replace(/\D/g, "").length
}
