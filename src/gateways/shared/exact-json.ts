import { isExactAsDouble } from "./decimal"

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
