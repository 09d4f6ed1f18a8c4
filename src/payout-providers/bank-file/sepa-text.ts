/** The EPC's basic Latin set: what every bank in SEPA takes. */
const basicLatin = /^[A-Za-z0-9/\-?:().,'+ ]$/

/**
 * What is written otherwise there, one character for one, so that no text becomes longer. Letters with marks (č ć š ž
 * ä é ...) lose the marks and need no place here.
 *
 * Assumption: banks read these as the EPC recommends (EPC217-08, conversion table). Where the EPC makes a full stop of
 * a character it is refused here instead, because a name that has lost a letter is another name.
 */
const replacements: Readonly<Record<string, string>> = {
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  ħ: "h",
  Ħ: "H",
  ı: "i",
  ł: "l",
  Ł: "L",
  ø: "o",
  Ø: "O",
  ŧ: "t",
  Ŧ: "T",
  þ: "t",
  Þ: "T",
  ß: "s",
  ẞ: "S",
  æ: "a",
  Æ: "A",
  œ: "o",
  Œ: "O",
  "&": "+",
  _: "-",
  ";": ",",
  "[": "(",
  "]": ")",
  "{": "(",
  "}": ")",
  "\\": "/",
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
  "‘": "'",
  "’": "'",
  "`": "'",
  '"': "'",
  "“": "'",
  "”": "'",
  "„": "'",
  "«": "'",
  "»": "'",
  "…": ".",
}

const mostNamed = 3

/**
 * A text as it stands in a SEPA file, or why it can't stand there: which characters have no place in it.
 *
 * @param most how many characters there may be
 */
export function sepaText(text: string, most: number): { text: string } | { problem: string } {
  const written: string[] = []
  const refused = new Set<string>()
  for (const character of text.normalize("NFC").replace(/\s+/gu, " ").trim()) {
    const plain = plainCharacter(character)
    if (plain === undefined) {
      refused.add(character)
    } else {
      written.push(plain)
    }
  }
  if (refused.size > 0) {
    const named = [...refused].slice(0, mostNamed).map(nameOf).join(", ")
    const more = refused.size > mostNamed ? " and others" : ""
    return {
      problem:
        `banks in SEPA take Latin letters, digits and / - ? : ( ) . , ' + alone, and it has ${named}${more}. ` +
        "Write it in Latin letters, as the payee's bank does",
    }
  }
  const sepa = written.join("").trim()
  if (!/[A-Za-z0-9]/.test(sepa)) {
    return { problem: "it has no letter and no digit" }
  }
  return sepa.length > most
    ? { problem: `banks in SEPA take at most ${most} characters of it, and it has ${sepa.length}` }
    : { text: sepa }
}

/** Why a text can't stand in a SEPA file; undefined where it can. */
export function sepaProblem(text: string, most: number): string | undefined {
  const read = sepaText(text, most)
  return "problem" in read ? read.problem : undefined
}

function plainCharacter(character: string): string | undefined {
  if (basicLatin.test(character)) {
    return character
  }
  const replacement = replacements[character]
  if (replacement !== undefined) {
    return replacement
  }
  // A mark that stood alone is nothing; a letter without its marks is the letter.
  const bare = character.normalize("NFD").replace(/\p{M}/gu, "")
  return bare === "" || basicLatin.test(bare) ? bare : (replacements[bare] ?? undefined)
}

/** Shown, so that whoever typed it finds it, with its number where it can't be seen. */
function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `"${character}" (${code})` : code
}
