import { stringify } from "csv-stringify/sync"
import type { PayoutFileContent, PayoutFileInput, PayoutOrder } from "../../modules/payout/provider"
import { looksLikeFormula } from "../../shared/characters"
import type { CsvFileOptions } from "./options"

/** What a column of a bank's template can hold. */
export const csvValues = [
  "reference",
  "name",
  "account",
  "bank_code",
  "bic",
  "amount",
  "currency_code",
  "purpose",
  "email",
  "phone",
  "execution_date",
  "message_id",
  "line",
  "debtor_name",
  "debtor_account",
] as const

export type CsvValue = (typeof csvValues)[number]

/** The plus of a country's prefix is no formula where a number follows it. */
const phoneNumber = /^\+?[\d\s()./-]*$/

/** Why a text can't stand in a file for a bank, which is opened in a spreadsheet before it is uploaded; undefined where it can. */
export function csvCellProblem(text: string, most: number): string | undefined {
  if (looksLikeFormula(text)) {
    return "it begins with = + - or @, which a spreadsheet takes for a formula"
  }
  return text.length > most ? `it has more than ${most} characters` : undefined
}

/** The same of a phone number. */
export function csvPhoneProblem(phone: string, most: number): string | undefined {
  return phoneNumber.test(phone) && !/^[=\-@]/.test(phone) ? undefined : csvCellProblem(phone, most)
}

/** The file's text by the shop's template of columns, in UTF-8 with CRLF. */
export function buildCsvFile(input: PayoutFileInput, options: CsvFileOptions): PayoutFileContent {
  const { columns, delimiter, decimalComma, heading } = options
  const rows = input.orders.map((order, index) =>
    columns.map((column) =>
      "text" in column
        ? column.text
        : valueOf(column.value, order, { ...input, line: index + 1 }, options)
    )
  )
  const names = heading ? [columns.map(({ name }) => name)] : []
  return {
    name: `${input.messageId}.csv`,
    mediaType: "text/csv",
    text: stringify([...names, ...rows], { delimiter, record_delimiter: "\r\n" }),
  }

  function valueOf(
    value: CsvValue,
    { reference, amount, currencyCode, purpose, beneficiary, account }: PayoutOrder,
    { executionDate, messageId, line }: PayoutFileInput & { line: number },
    { debtor }: CsvFileOptions
  ): string {
    switch (value) {
      case "reference":
        return reference
      case "name":
        return beneficiary.name
      case "account":
        return account.account_number ?? account.iban ?? ""
      case "bank_code":
        return account.bank_code ?? ""
      case "bic":
        return account.bic ?? ""
      case "amount":
        return decimalComma ? amount.replace(".", ",") : amount
      case "currency_code":
        return currencyCode.toUpperCase()
      case "purpose":
        return purpose
      case "email":
        return beneficiary.email ?? ""
      case "phone":
        return beneficiary.phone ?? ""
      case "execution_date":
        return executionDate
      case "message_id":
        return messageId
      case "line":
        return String(line)
      case "debtor_name":
        return debtor?.name ?? ""
      case "debtor_account":
        return debtor?.account ?? ""
    }
  }
}
