import { z } from "zod"
import { withoutMarks, withoutMarksInName } from "../../../gateways/shared/text"
import { amountInput } from "../../../shared/validation"

/** More than any name or number has, with whatever is copied with it: more is not even looked at. */
const longest = 2_000

/** Control characters and invisible ones: a text that reads as something else than it is. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
/** The same of a name: U+200C and U+200D join letters in Urdu, Persian and Khmer. */
const unprintableInName = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

/** What a spreadsheet takes for a formula: purposes are read in spreadsheets, here and at the gateways. */
const formula = /^[=+\-@＝＋－＠]/

const missing = { error: "is missing", abort: true }

/**
 * What may be asked for in a transfer, by itself: the same wherever it comes from, a call of the API or a line
 * of a file. Whether the beneficiary can be paid that much in that currency is for the module to check.
 */
export const transferInput = {
  beneficiary_id: oneLine(100),
  amount: amountInput,
  currency_code: z
    .string({ error: "must be a text" })
    .trim()
    .min(1, missing)
    .regex(/^[A-Za-z]{3}$/, { error: "must be a currency of three letters, such as PHP" })
    .toLowerCase(),
  purpose: oneLine(255).refine((text) => !formula.test(text), {
    error: "must not begin with = + - or @, which a spreadsheet takes for a formula",
  }),
  idempotency_key: oneLine(255).optional(),
}

/** A text that a person wrote: not empty, of one line, at most so many characters long. */
export function oneLine(most: number) {
  return line(most, unprintable)
}

/** The same for a person's name, without the marks that are copied with one and say nothing. */
export function nameLine(most: number) {
  return copied(most, withoutMarksInName).pipe(line(most, unprintableInName))
}

/** The same for a phone number. */
export function phoneLine(most: number) {
  return copied(most, withoutMarks).pipe(line(most, unprintable))
}

function copied(most: number, withoutMarks: (text: string) => string) {
  return z
    .string({ error: "must be a text" })
    .max(longest, { error: `must have at most ${most} characters`, abort: true })
    .transform(withoutMarks)
}

function line(most: number, notTaken: RegExp) {
  return z
    .string({ error: "must be a text" })
    .trim()
    .min(1, { error: "is missing", abort: true })
    .max(most, { error: `must have at most ${most} characters` })
    .refine((text) => !notTaken.test(text), {
      error: "must be one line, without control or invisible characters",
    })
}
