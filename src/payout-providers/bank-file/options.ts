import { z } from "zod"
import { requiredText } from "../../providers/base/options"
import { bicProblem, plainBic, plainIban, sepaIbanProblem } from "./account-numbers"
import { csvValues } from "./csv-file"
import { longestName } from "./pain-001"
import { sepaProblem } from "./sepa-text"

/** An account or a name, refused at boot with the reason; the message holds nothing of it. */
function checkedText(where: string, problemOf: (text: string) => string | undefined) {
  return requiredText(where).superRefine((text, context) => {
    const problem = problemOf(text)
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: `can't be used: ${problem}. ${where}` })
    }
  })
}

const sepaDebtor = z.strictObject(
  {
    name: checkedText("It is the account holder's name, as the bank has it", (name) =>
      sepaProblem(name, longestName)
    ),
    iban: checkedText("It is the IBAN of the account that pays", sepaIbanProblem).transform(
      plainIban
    ),
    bic: checkedText("It is the BIC of the bank of the account that pays", bicProblem)
      .transform(plainBic)
      .optional(),
  },
  { error: "is missing: it is the account that pays, { name, iban, bic }" }
)

const columnName = z
  .string({ error: "must be a text" })
  .trim()
  .min(1, { error: "is empty" })
  .max(100)

const csvColumn = z.union(
  [
    z.strictObject({ name: columnName, value: z.enum(csvValues) }),
    z.strictObject({ name: columnName, text: z.string().max(200) }),
  ],
  {
    error:
      `must be { name, value } with one of ${csvValues.join(", ")}, or { name, text } with the same text in ` +
      "each line",
  }
)

const statementColumns = z
  .strictObject({
    reference: columnName.default("reference"),
    amount: columnName.default("amount"),
    currency: columnName.default("currency"),
    status: columnName.optional(),
    bankReference: columnName.default("bank_reference"),
    bookedOn: columnName.default("booked_on"),
  })
  .prefault({})

const words = z.array(z.string().trim().min(1))

/** How the bank's list of what it booked is read, where it is CSV. */
const statement = z
  .strictObject({
    columns: statementColumns,
    outgoing: z
      .enum(["positive", "negative"], { error: 'must be "positive" or "negative"' })
      .default("positive"),
    bookedWords: words.default(["BOOK", "BOOKED", "PAID", "SUCCESS"]),
    returnedWords: words.default(["RJCT", "REJECTED", "RETURNED"]),
  })
  .prefault({})
  .describe(
    "How a statement in CSV is read: `columns` names its columns (`reference`, `amount`, `currency`, and if the bank has " +
      "them `bankReference`, `bookedOn`, `status`), `outgoing` says whether money that left the account is `positive` or " +
      "`negative`, and `bookedWords` and `returnedWords` are what the column of the status says of a payment that was " +
      "made and of one that came back."
  )

/** A file of SEPA credit transfers. */
export const sepaOptions = z.strictObject({
  format: z
    .literal("pain.001")
    .default("pain.001")
    .describe("ISO 20022 pain.001.001.09 as the European Payments Council describes it."),
  debtor: sepaDebtor.describe(
    "The account that pays: `{ name, iban, bic }`. `bic` can be left out. Statements of another account are refused."
  ),
  batchBooking: z
    .boolean({ error: "must be true or false" })
    .optional()
    .describe(
      "Whether the account shows a file as one debit. Left out, the bank does what was agreed with it. With `true` ask for " +
        "statements with the details of each transfer."
    ),
  statement,
})

/** A file in CSV by the bank's own template. */
export const csvOptions = z.strictObject({
  format: z.literal("csv").describe("CSV in UTF-8, by the template of your bank."),
  debtor: z
    .strictObject({
      name: requiredText("It is the account holder's name, as the bank has it"),
      account: requiredText("It is the number of the account that pays"),
    })
    .optional()
    .describe(
      "The account that pays, where the template has a column for it: `{ name, account }`."
    ),
  currencies: z
    .record(
      z.string().regex(/^[a-z]{3}$/, { error: "must be a currency such as khr" }),
      z.int().min(0).max(4),
      { error: "is missing: the currencies with their decimals, such as { usd: 2, khr: 0 }" }
    )
    .refine((currencies) => Object.keys(currencies).length > 0, { error: "is empty" })
    .describe(
      "The currencies that the bank takes, with their decimals, such as `{ usd: 2, khr: 0 }`."
    ),
  accounts: z
    .enum(["iban", "account_number"], { error: 'must be "iban" or "account_number"' })
    .default("account_number")
    .describe("How your country names accounts: by `iban`, or by `account_number` and a bank."),
  columns: z
    .array(csvColumn, { error: "is missing: the columns of the bank's template, in its order" })
    .min(1)
    .superRefine((columns, context) => {
      const values = columns.flatMap((column) => ("value" in column ? [column.value] : []))
      for (const needed of ["reference", "amount", "account"] as const) {
        if (!values.includes(needed)) {
          context.addIssue({
            code: "custom",
            message: `has no column with the value ${needed}, without which no line can be paid and found again`,
          })
        }
      }
    })
    .describe(
      "The columns of the template, in its order: `{ name, value }` with one of " +
        `${csvValues.map((value) => `\`${value}\``).join(", ")}; or \`{ name, text }\` with the same text in each line.`
    ),
  delimiter: z
    .enum([",", ";", "\t"], { error: "must be a comma, a semicolon or a tab" })
    .default(",")
    .describe("What stands between two cells: a comma, a semicolon or a tab."),
  decimalComma: z
    .boolean({ error: "must be true or false" })
    .default(false)
    .describe("Whether amounts are written `1500,00`."),
  heading: z
    .boolean({ error: "must be true or false" })
    .default(true)
    .describe("Whether the first line names the columns."),
  longestPurpose: z
    .int()
    .min(1)
    .max(255)
    .default(140)
    .describe("How many characters of the purpose the bank takes. More is refused, never cut."),
  statement,
})

/** The options of `medusa-regional-payments/payout-providers/bank-file`. */
export const bankFileOptions = z.preprocess(
  (options) =>
    typeof options === "object" && options !== null && !("format" in options)
      ? { ...options, format: "pain.001" }
      : options,
  z.discriminatedUnion("format", [sepaOptions, csvOptions])
)

export type BankFileOptions = z.output<typeof bankFileOptions>
export type CsvFileOptions = z.output<typeof csvOptions>
export type CsvStatementOptions = z.output<typeof statement>
