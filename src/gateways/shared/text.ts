/**
 * Control characters and line breaks (a forged line in a log), invisible and direction-changing ones (text that
 * reads as something else), and lone surrogates (which some databases and log stores refuse).
 */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\s\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu

/**
 * As long as a card's, a phone's or an identity number, in any script's digits and with what people write between
 * them; a point only before a whole group, because it stands before decimals, too. The shortest are nine: a phone in
 * Cambodia or Croatia without the prefix of its country.
 */
const LONG_NUMBER = longNumber(9)
/** As long as a card's or an identity number; an amount of ten digits is one in rupiah or riel. */
const LONGER_THAN_AMOUNTS = longNumber(12)

function longNumber(digits: number): RegExp {
  const between = "(?:[\\s()/+-]{0,3}|\\.(?=\\p{Nd}{3}))"
  return new RegExp(`\\p{Nd}(?:${between}\\p{Nd}){${digits - 1},}`, "gu")
}

/** A day, and the hour and minute behind it where nothing stands between them. */
const DAY = /^(?:19|20)\d\d-[01]\d-[0-3]\d(?: \d{1,4})?$/

/**
 * Words of another system's or person's, made fit for a log and an error: one line, at most `maxLength`
 * characters, numbers of nine digits and more shown by their last four.
 *
 * @returns undefined for what is not a text or a number, or where nothing is left
 */
export function printableText(value: unknown, maxLength = 200): string | undefined {
  return printable(value, maxLength, LONG_NUMBER)
}

/** The same of what should be an amount: numbers of twelve digits and more are shown by their last four. */
export function printableAmount(value: unknown, maxLength = 60): string | undefined {
  return printable(value, maxLength, LONGER_THAN_AMOUNTS)
}

/** Whether a number as long as a phone's stands in a text; a day with its hour is none. */
export function holdsLongNumber(text: string): boolean {
  return text.match(LONG_NUMBER)?.some((number) => !DAY.test(number)) ?? false
}

function printable(value: unknown, maxLength: number, longNumber: RegExp): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") {
    return undefined
  }
  // Cut before the expressions run, so that their cost does not grow with what a stranger sent.
  const text = String(value)
    .slice(0, maxLength * 4)
    .replace(UNPRINTABLE, " ")
    .replace(longNumber, (number) => (DAY.test(number) ? number : lastDigits(number)))
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

function lastDigits(number: string): string {
  const digits = number.match(/\p{Nd}/gu) ?? []
  return `****${digits.slice(-4).join("")}`
}

/** NUL, which PostgreSQL holds in no text, and half of a character, which is in no UTF-8 and breaks its JSON. */
const unstorable = /\0|\p{Cs}/u

/** Said of a text that is not `isStorable`. */
export const unstorableAdvice = "holds a NUL or half of a character, which no database keeps"

/** Whether PostgreSQL keeps the text as it is. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text)
}

/**
 * Marks that come along where a text is copied, and say nothing: soft hyphens, those that set a direction of
 * writing, blanks without width, byte order marks, variation selectors, language tags: all that Unicode lets be
 * ignored. U+200C and U+200D are not among them, nor are fillers, which stand where a letter would.
 */
const marks = /(?!\p{Join_C}|[\u115f\u1160\u3164\uffa0])[\p{DI}\ufff9-\ufffb]/gu
/** Letters without a shape, and Braille without a dot: blanks to whoever reads them. */
const fillers = /[\u115f\u1160\u3164\uffa0\u2800]/g
const joiners = /[\u200c\u200d]+/g
/** Scripts whose letters take another shape, or none, beside a joiner. */
const joiningScripts =
  "Arab Syrc Nkoo Mong Adlm Rohg Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Thai Laoo Java Bali"
    .split(" ")
    .map((script) => `\\p{scx=${script}}`)
    .join("")
/** Joiners join letters and marks of letters of these scripts; at the ends of a word they are left over from a copy. */
const looseJoiners = new RegExp(
  `(?<![\\p{L}\\p{M}])[\\u200c\\u200d]|(?<![${joiningScripts}])[\\u200c\\u200d]|[\\u200c\\u200d](?![\\p{L}\\p{M}])`,
  "gu"
)
/** Blanks of all kinds, breaks of lines and control characters; NUL is none of them, because it is refused. */
// eslint-disable-next-line no-control-regex
const gaps = /[\s\u0001-\u001f\u007f-\u009f]+/g

/** A text without the marks that nobody sees. */
function withoutMarks(text: string): string {
  return text.replace(marks, "").replace(joiners, "").replace(fillers, " ")
}

/** The same of a person's words, in which U+200C and U+200D stay where the script joins letters by them. */
export function withoutMarksInName(text: string): string {
  return text
    .replace(marks, "")
    .replace(fillers, " ")
    .replace(joiners, ([joiner = ""]) => joiner)
    .replace(looseJoiners, "")
}

/** The same of the ends of a text alone, with the blanks there: what is in the middle is for the reader to refuse. */
export function withoutOuterMarks(text: string): string {
  const isNothing = (character: string | undefined) =>
    character !== undefined && withoutMarks(character).trim() === ""
  const characters = [...text]
  let start = 0
  let end = characters.length
  while (start < end && isNothing(characters[start])) {
    start += 1
  }
  while (end > start && isNothing(characters[end - 1])) {
    end -= 1
  }
  return characters.slice(start, end).join("")
}

/**
 * The same text for two that a reader takes for one: in whatever case, form of Unicode and width, with whatever nobody
 * sees. For comparing, never for keeping.
 */
export function comparableText(text: string): string {
  return visibleText(text.normalize("NFKC")).toLowerCase()
}

/**
 * A text of one line as its writer meant it, without what nobody sees and with one blank where there were other
 * gaps. In time that grows with the text.
 */
export function visibleText(text: string): string {
  return inOneLine(withoutMarks(text))
}

/** The same of a person's name. */
export function visibleName(text: string): string {
  return inOneLine(withoutMarksInName(text))
}

function inOneLine(text: string): string {
  return text.replace(gaps, " ").trim()
}

/**
 * Assumption: these are the codes that a shopper's app shows, as the wallets publish theirs: WeChat Pay 18 digits
 * that begin with 10 to 15, Alipay up to 24 that begin with 25 to 30. Alipay's of 16 digits are left out, because
 * cards have numbers of that length which begin alike.
 */
const walletCodes = [/^1[0-5]\d{16}$/, /^(?:2[5-9]|30)\d{15,22}$/]

/** Whether a text is the code of a shopper's WeChat Pay or Alipay, which pays whoever has it. */
export function isWalletCode(text: string): boolean {
  return walletCodes.some((code) => code.test(text))
}
