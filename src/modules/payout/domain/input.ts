import { z } from "zod"
import { withoutMarksInName, withoutOuterMarks } from "../../../gateways/shared/text"
import { amountInput } from "../../../shared/amount-input"
import { foreignCharacterOf, looksLikeFormula, nameOfCharacter } from "../../../shared/characters"
import type { TextFault } from "./import"

/**
 * What people write of a transfer or a beneficiary, read: the same in a line of a file, in a request's body and from a
 * workflow of the shop's own.
 */

/**
 * - `words`: a name, a purpose. Marks that nobody sees are left out, joiners stay where the script needs them, and it
 *   comes out in Unicode's composed form (NFC), so that one name is one text
 * - `number`: an account, a phone, the code of a bank, an id: the letters, digits and signs of a plain keyboard
 * - `key`: the caller's own, as words, but none that a spreadsheet spoiled: two keys could have become one
 */
export type TextKind = "words" | "number" | "key"

export type ReadText =
  { text: string; problem?: undefined } | { text?: undefined; problem: string; fault: TextFault }

/** More than any name or number has, with whatever is copied with it: more is not even looked at. */
const longest = 2_000

const missing = "is missing"

/**
 * @param most characters
 * @returns the text as it was meant, or what is wrong with it, as the end of a sentence: it never repeats the text
 */
export function readText(written: string, kind: TextKind, most: number): ReadText {
  if (written.length > longest) {
    return { problem: tooLong(most), fault: "too_long" }
  }
  const text = kind === "number" ? numberOf(written) : wordsOf(written)
  if (text === "") {
    return { problem: missing, fault: "missing" }
  }
  if (text.length > most) {
    return { problem: tooLong(most), fault: "too_long" }
  }
  const characters = kind === "number" ? numberProblem(text) : wordsProblem(text)
  if (characters !== undefined) {
    return { problem: characters, fault: "characters" }
  }
  const spoiledBy = spoiledProblem(text, kind)
  return spoiledBy === undefined ? { text } : { problem: spoiledBy, fault: "spoiled" }
}

function tooLong(most: number): string {
  return `must have at most ${most} characters`
}

function wordsOf(written: string): string {
  return withPlainBlanks(withoutMarksInName(written)).normalize("NFC").trim()
}

function numberOf(written: string): string {
  return withPlainBlanks(withoutOuterMarks(written))
}

/** A no-break space, and each other that a person takes for one. */
function withPlainBlanks(text: string): string {
  return text.replace(/\p{Zs}/gu, " ")
}

/** Control characters, breaks of lines, and what was lost or says nothing: a text that reads as something else than it is. */
const unprintable = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{NChar}\ufffd]/u

const lostLetter = "\ufffd"

function wordsProblem(text: string): string | undefined {
  const [found] = unprintable.exec(text) ?? []
  if (found === undefined) {
    return undefined
  }
  return found === lostLetter
    ? `holds ${nameOfCharacter(found)}: save the file as CSV UTF-8, or write it anew`
    : `must be one line, without control or invisible characters: it holds ${nameOfCharacter(found)}`
}

function numberProblem(text: string): string | undefined {
  const found = foreignCharacterOf(text)
  return found === undefined
    ? undefined
    : `holds ${nameOfCharacter(found)}: type it anew, with the digits 0 to 9 and plain letters`
}

const asText = "Format the column as text, and type it anew"

/** What a spreadsheet makes of a long number, of a zero in front or of a formula; the digits can't be had back. */
function spoiledProblem(text: string, kind: TextKind): string | undefined {
  const found = spoiled.find(({ pattern, kinds }) => kinds.includes(kind) && pattern.test(text))
  return found ? `was spoiled by a spreadsheet: ${found.why}. ${asText}` : undefined
}

const all: readonly TextKind[] = ["words", "number", "key"]
const numbers: readonly TextKind[] = ["number"]

const spoiled: readonly { pattern: RegExp; kinds: readonly TextKind[]; why: string }[] = [
  {
    pattern: /^#(?:#+|N\/A|REF!|VALUE!|NAME\?|NUM!|DIV\/0!|NULL!|SPILL!|CALC!)$/i,
    kinds: all,
    why: "it is the sign of an error, or of a column that was too narrow",
  },
  { pattern: /^=/, kinds: ["number", "key"], why: "it is a formula" },
  {
    pattern: /^[+-]?\d+(?:[.,]\d+)?E[+-]\d+$|^[+-]?\d+[.,]\d+E\d+$/i,
    kinds: ["number", "key"],
    why: "it has an exponent, and digits are lost",
  },
  {
    pattern: /^[+-]?\d+[.,]0+$/,
    kinds: ["number", "key"],
    why: "it is a number with decimals, whose zeros in front are lost",
  },
  {
    pattern: /^[+-]?\d+(?:[.,]\d+)+$/,
    kinds: numbers,
    why: "it is a number with decimals or parted thousands",
  },
  { pattern: /^['"]/, kinds: numbers, why: "it begins with a quote" },
]

/** A text that a person wrote, as `readText` reads it. */
export function textInput(kind: TextKind, most: number) {
  return (
    z
      .string({ error: "must be a text" })
      .max(longest, { error: tooLong(most), abort: true })
      // As callers are told of it: marks that nobody sees do not count.
      .meta({ minLength: 1, maxLength: most })
      .transform((written, context) => {
        const read = readText(written, kind, most)
        if (read.problem !== undefined) {
          const { problem: message, fault } = read
          context.addIssue({ code: "custom", message, params: { fault } })
          return z.NEVER
        }
        return read.text
      })
  )
}

/** An id, a label or another text of one line. */
export function oneLine(most: number) {
  return textInput("words", most)
}

const currency = {
  error: "must be a currency of three letters, such as PHP",
}

export const mostPurpose = 255
export const mostKey = 255

/**
 * What may be asked for in a transfer, by itself: the same wherever it comes from, a call of the API or a line
 * of a file. Whether the beneficiary can be paid that much in that currency is for the module to check.
 */
export const transferInput = {
  beneficiary_id: textInput("number", 100),
  amount: amountInput,
  currency_code: z
    .string({ error: "must be a text" })
    .max(longest, currency)
    .transform(withoutOuterMarks)
    .pipe(
      z
        .string()
        .min(1, { error: missing, abort: true })
        .regex(/^[A-Za-z]{3}$/, currency)
        .toLowerCase()
    ),
  purpose: textInput("words", mostPurpose).refine((text) => !looksLikeFormula(text), {
    // Purposes are read in spreadsheets, here and at the gateways.
    error: "must not begin with = + - or @, which a spreadsheet takes for a formula",
  }),
  idempotency_key: textInput("key", mostKey).optional(),
}
