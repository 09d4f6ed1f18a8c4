import { z } from "zod"

/** Nothing is guessed: no thousands' commas, no exponent, no plus, no other digits than 0 to 9. */
const plainDigits = /^(0|[1-9]\d{0,14})(\.\d{1,8})?$/

const missing = { error: "is missing", abort: true }

const text = z
  .string()
  .trim()
  .min(1, missing)
  .regex(plainDigits, {
    error: "must be plain digits with a point before the decimals, such as 1500.00",
    abort: true,
  })
  .regex(/[1-9]/, { error: "must be above zero" })

/**
 * An amount as a caller writes it, in major units: a text such as `"1500.00"`, or a whole number that JSON holds
 * exactly. A JSON number with decimals may have lost digits before anybody could look, and is refused. Comes out as
 * the text; how many decimals there may be is for the currency's own check.
 */
export const amountInput = z
  .union(
    [
      z.string(),
      z
        .number()
        .refine(Number.isSafeInteger)
        .transform((amount) => String(amount)),
    ],
    {
      error: ({ input }) =>
        input === undefined
          ? "is missing"
          : 'must be a text such as "1500.00", or a whole number: other numbers may have lost digits on their way',
    }
  )
  .pipe(text)
