/** JSON and forms as gateways write them, without the loss of a digit. */

import { isExactAsDouble } from "./money"

/**
 * The fields of a message whose sender's content type is not to be relied on: JSON where it begins like
 * one, else a form. Of a name that comes twice in a form the last counts. Build the schema for it so that
 * numbers may come as text: a form has no others, and `parseExactJson` makes text of long ones.
 *
 * @returns undefined for JSON that is none
 */
export function parseJsonOrForm(rawBody: Buffer): unknown {
  const isWhole = isObjectText(rawBody)
  if (isWhole === false) {
    return undefined
  }
  const text = utf8Text(rawBody)
  return isWhole || text.trimStart().startsWith("{") ? parseJson(text) : parseForm(text)
}

/** JSON of an object alone; undefined for whatever is none. */
export function parseJsonObject(rawBody: Buffer): unknown {
  return isObjectText(rawBody) === false ? undefined : parseJson(utf8Text(rawBody))
}

const openingBrace = 0x7b
const closingBrace = 0x7d
/** The blanks of JSON: tab, line feed, carriage return, space. */
const blanks: readonly number[] = [0x09, 0x0a, 0x0d, 0x20]

/**
 * Whether the bytes begin and end as an object's JSON: false where they begin so and end otherwise, which costs far
 * less to find here than a parser's error does; undefined where they begin otherwise, and only a parser can tell.
 */
export function isObjectText(rawBody: Buffer): boolean | undefined {
  if (rawBody[0] !== openingBrace) {
    return undefined
  }
  let last = rawBody.length - 1
  while (blanks.includes(rawBody[last] ?? 0)) {
    last -= 1
  }
  return rawBody[last] === closingBrace
}

const byteOrderMark = "\uFEFF"

/** UTF-8, without the byte order mark that some servers put in front. Cheaper for short texts than a TextDecoder. */
export function utf8Text(rawBody: Buffer): string {
  const text = rawBody.toString("utf8")
  return text.startsWith(byteOrderMark) ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

function parseForm(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Only such a text can be a number that a double can't hold: doubles carry any 15 digits. */
const SUSPICIOUS = /[\d.]{16}|\d[eE]/
const SUSPICIOUS_LENGTH = 16
const SMALL_E = 0x65
const CAPITAL_E = 0x45
const BACKSLASH = 0x5c
/** The strings (to step over them) and the numbers of a JSON text that is known to be valid. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * JSON.parse that changes no number silently: one that a double can't hold exactly (a long order
 * number, an amount with too many digits) arrives as its text instead. A schema that takes text
 * or number gets every digit; one that wants a number refuses it.
 *
 * @throws SyntaxError where the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (hasNoRoomForLongNumber(value, text) || !isSuspiciousOutsideStrings(text)) {
    return value
  }
  const exact = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || isExactAsDouble(token) ? token : `"${token}"`
  )
  return exact === text ? value : JSON.parse(exact)
}

/**
 * Looks between the strings of a JSON text that is known to be valid. A string is stepped over from quote to quote, which
 * costs a fraction of looking at each of its letters.
 */
function isSuspiciousOutsideStrings(text: string): boolean {
  let start = 0
  for (;;) {
    const quote = text.indexOf('"', start)
    const end = quote < 0 ? text.length : quote
    // Between most strings there is a colon or a comma alone.
    if (end - start > 2 && isSuspicious(text, start, end)) {
      return true
    }
    if (quote < 0) {
      return false
    }
    start = endOfString(text, quote)
  }
}

/** The pattern is asked about the few places alone that are long or hold a letter of an exponent. */
function isSuspicious(text: string, start: number, end: number): boolean {
  let isWorthAsking = end - start >= SUSPICIOUS_LENGTH
  for (let place = start; !isWorthAsking && place < end; place += 1) {
    const letter = text.charCodeAt(place)
    isWorthAsking = letter === SMALL_E || letter === CAPITAL_E
  }
  return isWorthAsking && SUSPICIOUS.test(text.slice(start, end))
}

/** What follows the string that begins with this quote. */
function endOfString(text: string, openingQuote: number): number {
  let quote = openingQuote
  let backslashes: number
  do {
    quote = text.indexOf('"', quote + 1)
    backslashes = 0
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) {
      backslashes += 1
    }
  } while (backslashes % 2 === 1)
  return quote + 1
}

/** As long a number has at most fifteen digits, which a double carries. */
const LONGEST_SAFE_NUMBER = 15
/** Brace or comma, two quotes and a colon, beside the letters of the key. */
const LEAST_AROUND_KEY = 4

/**
 * Whether nothing in an object's JSON text can be a number that a double can't hold, by the lengths alone: its members
 * are texts, which the text holds in full or longer, and numbers, for none of which it has that many letters left. So
 * it is with most webhooks; what is deeper, or written with many blanks or escapes, has to be looked through.
 */
function hasNoRoomForLongNumber(value: unknown, text: string): boolean {
  if (!isPlainObject(value)) {
    return false
  }
  let hasNumber = false
  let least = 1
  for (const key in value) {
    const member = value[key]
    if (typeof member === "string") {
      least += key.length + LEAST_AROUND_KEY + member.length + 2
    } else if (typeof member === "number" && isOrdinary(member)) {
      hasNumber = true
      least += key.length + LEAST_AROUND_KEY
    } else {
      return false
    }
    // What another library wrote into all objects stands in no text.
    if (!Object.hasOwn(value, key)) {
      return false
    }
  }
  return !hasNumber || text.length - least <= LONGEST_SAFE_NUMBER
}

/** Fifteen digits are carried by a double of this size; a short text such as `1e400` can name one that is not. */
function isOrdinary(value: number): boolean {
  const size = Math.abs(value)
  return size >= 1e-100 && size <= 1e100
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
