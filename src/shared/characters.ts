/** Characters by name, for whoever has to find one in what they wrote: nobody sees some of them, and others look alike. */

/**
 * Whether a spreadsheet could take a text for a formula: what it begins with counts, also behind blanks and marks that
 * nobody sees, which some spreadsheets drop.
 */
export function looksLikeFormula(text: string): boolean {
  return /^(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r])/u.test(text)
}

/** What is in a text besides the letters, digits and signs of a keyboard. */
const notPlain = /[^\x20-\x7e]/u

/** The first character of a text that no account, phone or other number has; undefined where there is none. */
export function foreignCharacterOf(text: string): string | undefined {
  return notPlain.exec(text)?.[0]
}

/** A character as a sentence names it: `the Khmer digit ៤ (U+17E4)`. It is one that was typed, and says no more. */
export function nameOfCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
  const known = names.find(([pattern]) => pattern.test(character))
  if (known) {
    return `${known[1]} (${code})`
  }
  if (/\p{Nd}/u.test(character)) {
    const family = digitFamilies.find(([pattern]) => pattern.test(character))
    return family
      ? `the ${family[1]} digit ${character} (${code})`
      : `the digit ${character} of another script (${code})`
  }
  if (/[\p{DI}\p{Cf}\u2800]/u.test(character)) {
    return `an invisible character (${code})`
  }
  if (/\p{Cc}/u.test(character)) {
    return `a control character (${code})`
  }
  if (/\p{Sc}/u.test(character)) {
    return `the currency sign ${character}`
  }
  if (/\p{M}/u.test(character)) {
    return `an accent or another mark on a letter (${code})`
  }
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
    ? `the character ${character} (${code})`
    : `a character that shows nothing (${code})`
}

const names: readonly (readonly [RegExp, string])[] = [
  [/\0/, "a NUL"],
  [/\t/, "a tab"],
  [/\p{Zs}/u, "a blank"],
  [/[\n\r\u2028\u2029]/, "a line break"],
  [/\ufffd/, "the sign � that stands where a letter was lost"],
  [/\u00ad/, "an invisible soft hyphen"],
  [/\u200b/, "an invisible blank without width"],
  [/[\u200c\u200d]/, "an invisible joiner"],
  [
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
    "an invisible mark of the writing's direction",
  ],
  [/[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u, "an invisible variation selector"],
  [/[\u115f\u1160\u3164\uffa0]/, "an invisible Hangul filler"],
  [/\ufeff/, "an invisible byte order mark"],
  [/\p{Cs}/u, "half of a character"],
]

/** The scripts of these shops' countries and their neighbours; the digits of others are named by their number alone. */
const digitFamilies: readonly (readonly [RegExp, string])[] = [
  [/[\u0660-\u0669]/, "Arabic"],
  [/[\u06f0-\u06f9]/, "Eastern Arabic"],
  [/[\uff10-\uff19]/, "fullwidth"],
  [/[\u{1d7ce}-\u{1d7ff}]/u, "mathematical"],
  ...(
    ["Khmer", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Thai"] as const
  ).map((script): [RegExp, string] => [new RegExp(`\\p{Script=${script}}`, "u"), script]),
  ...(["Lao", "Myanmar", "Kannada", "Malayalam", "Sinhala", "Tibetan"] as const).map(
    (script): [RegExp, string] => [new RegExp(`\\p{Script=${script}}`, "u"), script]
  ),
]
