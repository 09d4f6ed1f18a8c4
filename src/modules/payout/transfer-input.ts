import { z } from "zod"
import { amountInput } from "../../shared/validation"
import { oneLine } from "./one-line"

/** What a spreadsheet takes for a formula: purposes are read in spreadsheets, here and at the gateways. */
const formula = /^[=+\-@＝＋－＠]/

const missing = { error: "is missing", abort: true }

/**
 * What may be wished for in a transfer, by itself: the same wherever it comes from, a call of the API or a line
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
