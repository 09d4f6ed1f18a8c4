import { isCardField, isMeant } from "./field-meaning"
import { isPlainObject } from "./plain-object"

/** What may stand between the groups of a card's digits: blanks, dashes, points, and marks that nobody sees. */
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
    return true // deeper than any honest storefront writes: what can't be looked through is refused
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
