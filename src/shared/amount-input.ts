import { z } from "zod"
import { withoutOuterMarks } from "../gateways/shared/text"
import { foreignCharacterOf, nameOfCharacter } from "./characters"

/** Nothing is guessed: no thousands' commas, no exponent, no plus, no other digits than 0 to 9. */
const plainDigits = /^(0|[1-9]\d{0,14})(\.\d{1,8})?$/

/** Longer than any amount with what is copied along: more is not even looked at. */
const longest = 2_000

const notPlain = "must be plain digits with a point before the decimals, such as 1500.00"

const text = z
  .string()
  .max(longest, { error: notPlain, abort: true })
  .transform(withoutOuterMarks)
  .pipe(
    z
      .string()
      .min(1, { error: "is missing", abort: true })
      .regex(plainDigits, {
        error: ({ input }) => notPlain + reasonOf(String(input)),
        abort: true,
      })
      .regex(/[1-9]/, { error: "must be above zero" })
  )

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

/** What is not plain in an amount, as the end of a sentence; empty where no single sign tells it. */
function reasonOf(amount: string): string {
  const foreign = foreignCharacterOf(amount)
  if (foreign !== undefined) {
    return `. It has ${nameOfCharacter(foreign)}`
  }
  const known = reasons.find(([pattern]) => pattern.test(amount))
  return known ? `. ${known[1]}` : ""
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^[=#]/, "It is a formula of a spreadsheet, or its error: type the amount itself"],
  [
    /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i,
    "It has an exponent: format the column as a number, or text",
  ],
  [/\$/, "It has the currency sign $: the currency has a field of its own"],
  [/[a-z]/i, "It has letters: the currency has a field of its own"],
  [/,/, "It has a comma: write nothing between thousands"],
  [/^\d{1,3}(?:\.\d{3}){2,}$/, "It has several points: write nothing between thousands"],
  [/ /, "It has a blank: write nothing between thousands"],
  [/^0\d/, "It begins with a needless zero"],
]
