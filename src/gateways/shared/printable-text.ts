/**
 * Control characters and line breaks (a forged line in a log), invisible and direction-changing ones (text that
 * reads as something else), and lone surrogates (which some databases and log stores refuse).
 */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\s\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu

/** A card, phone or identity number; also with the blanks and dashes people write into them. */
const LONG_NUMBER = /\d(?:[ -]?\d){11,}/g

/**
 * Words that somebody else wrote, made fit for a log and an error: one line, at most `maxLength`
 * characters, numbers of 12 digits and more shown by their last four.
 *
 * @returns undefined for what is not a text or a number, or where nothing is left
 */
export function printableText(value: unknown, maxLength = 200): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") {
    return undefined
  }
  // Cut before the expressions run, so that their cost does not grow with what a stranger sent.
  const text = String(value)
    .slice(0, maxLength * 4)
    .replace(UNPRINTABLE, " ")
    .replace(LONG_NUMBER, (digits) => `****${digits.replace(/\D/g, "").slice(-4)}`)
    .trim()
  if (text === "") {
    return undefined
  }
  if (text.length <= maxLength) {
    return text
  }
  // The cut may have gone through the middle of a surrogate pair.
  return `${text
    .slice(0, maxLength - 1)
    .replace(/\p{Cs}$/u, "")
    .trimEnd()}…`
}
