import { z } from "zod"
import { oneLine } from "./one-line"

/** What a spreadsheet takes for a formula: purposes are read in spreadsheets, here and at the gateways. */
const formula = /^[=+\-@＝＋－＠]/

/** Nothing is guessed: no thousands' commas, no exponent, no plus, no other digits than 0 to 9. */
const plainDigits = /^(0|[1-9]\d{0,14})(\.\d{1,8})?$/

const missing = { error: "is missing", abort: true }

/**
 * What may be wished for in a transfer, by itself: the same wherever it comes from, a call of the API or a line
 * of a file. Whether the beneficiary can be paid that much in that currency is for the module to check.
 */
export const transferInput = {
  beneficiary_id: oneLine(100),
  /** Major units, as a text: a JSON number may have lost digits before anybody could look. */
  amount: z
    .string({ error: 'must be a text such as "1500.00"' })
    .trim()
    .min(1, missing)
    .regex(plainDigits, {
      error: "must be plain digits with a point before the decimals, such as 1500.00",
      abort: true,
    })
    .regex(/[1-9]/, { error: "must be above zero" }),
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
