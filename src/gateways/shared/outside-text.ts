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
 * writing, blanks without width, byte order marks, language tags. U+200C and U+200D are not among them: Urdu,
 * Persian and Khmer names are written with these.
 */
const marks =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
const joiners = /[\u200c\u200d]+/g
/** Joiners join letters and marks of letters; at the ends of a word they are left over from a copy. */
const looseJoiners =
  /(?<![\p{L}\p{M}\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}\u200c\u200d])/gu
/** Blanks of all kinds, breaks of lines and control characters; NUL is none of them, because it is refused. */
// eslint-disable-next-line no-control-regex
const gaps = /[\s\u0001-\u001f\u007f-\u009f]+/g

/** A text without the marks that nobody sees. */
export function withoutMarks(text: string): string {
  return text.replace(marks, "").replace(joiners, "")
}

/** The same of a person's name, in which U+200C and U+200D stay where they join letters. */
export function withoutMarksInName(text: string): string {
  return text.replace(marks, "").replace(looseJoiners, "")
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
