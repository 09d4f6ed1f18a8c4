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
  const text = utf8Text(rawBody)
  return text.startsWith("{") || text.trimStart().startsWith("{")
    ? parseJson(text)
    : parseForm(text)
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

/** Only such a text can hold a number that a double can't: doubles carry any 15 digits. */
const SUSPICIOUS = /[\d.]{16}|\d[eE]/
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
  if (!SUSPICIOUS.test(text)) {
    return value
  }
  const exact = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || isExactAsDouble(token) ? token : `"${token}"`
  )
  return exact === text ? value : JSON.parse(exact)
}
