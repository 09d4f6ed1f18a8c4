import { CsvError, parse } from "csv-parse/sync"
import { type DecimalString, tryDecimal } from "../../gateways/shared/money"
import { printableText } from "../../gateways/shared/text"
import {
  type BankStatement,
  type StatementEntry,
  StatementProblem,
} from "../../modules/payout/provider"
import { bankIdentifier } from "./account-numbers"
import type { CsvStatementOptions } from "./options"

const mostLines = 20_000
const delimiters = [";", "\t", ","] as const

/**
 * Reads a bank's list of what it booked, by the names that the shop's options give its columns.
 *
 * @throws StatementProblem; it never holds what the file says
 */
export function readCsvStatement(csv: string, options: CsvStatementOptions): BankStatement {
  const [heading, ...rows] = rowsOf(csv)
  if (!heading) {
    throw new StatementProblem("The file is empty. Its first line names the columns")
  }
  const at = placesOf(heading, options)
  const hasDecimalComma = delimiterOf(csv) === ";"
  return {
    ids: [],
    entries: rows.map((cells, index) =>
      entryOf((place) => (place === undefined ? "" : (cells[place] ?? "").trim()), index + 1)
    ),
  }

  function entryOf(cell: (place: number | undefined) => string, position: number): StatementEntry {
    const amount = amountOf(cell(at.amount), hasDecimalComma)
    const isNegative = amount?.startsWith("-") ?? false
    const left = isNegative === (options.outgoing === "negative")
    return {
      position,
      reference: bankIdentifier(cell(at.reference)),
      amount: amount?.replace("-", "") ?? null,
      currencyCode: cell(at.currency).toLowerCase() || null,
      kind: kindOf(cell(at.status), left),
      account: null,
      bankReference: bankIdentifier(cell(at.bankReference)),
      bookedOn: dayOf(cell(at.bookedOn)),
      reason: printableText(cell(at.status), 60) ?? null,
    }
  }

  /** A status that the options don't know proves nothing. */
  function kindOf(status: string, left: boolean): StatementEntry["kind"] {
    const isOneOf = (words: readonly string[]) =>
      words.some((word) => word.trim().toLowerCase() === status.toLowerCase())
    if (isOneOf(options.returnedWords)) {
      return "returned"
    }
    if (at.status !== undefined && !isOneOf(options.bookedWords)) {
      return "not_booked"
    }
    return left ? "paid" : "received"
  }
}

/**
 * A bank's amount, such as `-1500.00`, `1.500,00` or `1,500.00`; undefined for what can be read in two ways.
 *
 * Marks of thousands are left out where the other mark stands behind them: then there is no second reading. A statement
 * settles what our own file says alone, so that nothing is paid by this.
 */
function amountOf(written: string, hasDecimalComma: boolean): DecimalString | undefined {
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$/.test(written)) {
    return hasDecimalComma ? tryDecimal(written.replaceAll(".", "").replace(",", ".")) : undefined
  }
  if (/^-?\d{1,3}(?:,\d{3})+\.\d+$/.test(written)) {
    return tryDecimal(written.replaceAll(",", ""))
  }
  if (hasDecimalComma && /^-?[1-9]\d{0,2}\.\d{3}$/.test(written)) {
    return undefined
  }
  return tryDecimal(hasDecimalComma ? written.replace(",", ".") : written)
}

/** `1.12.2026.` is `2026-12-01`, as other statements write it; what can be read in two ways stays as the bank writes it. */
function dayOf(written: string): string | null {
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?$/.exec(written) ?? []
  return day && month && year
    ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
    : (printableText(written, 20) ?? null)
}

function rowsOf(csv: string): string[][] {
  try {
    const rows = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: mostLines + 2,
    })
    if (rows.length > mostLines + 1) {
      throw new StatementProblem(
        `The file has more than ${mostLines.toLocaleString("en")} lines. Export fewer days at once`
      )
    }
    return rows
  } catch (error) {
    if (error instanceof CsvError) {
      throw new StatementProblem(
        `This is neither XML nor CSV that can be read (${error.code}). Upload the file as the bank gave it`
      )
    }
    throw error
  }
}

/** The one that the heading has most of; a decimal comma is read with a semicolon alone. */
function delimiterOf(csv: string): string {
  const [heading = ""] = csv.split(/\r\n|\n|\r/, 1)
  const counted = delimiters.map((one) => ({ one, count: heading.split(one).length }))
  return counted.sort((a, b) => b.count - a.count)[0]?.one ?? ","
}

type Places = Record<"reference" | "amount" | "currency", number> &
  Partial<Record<"status" | "bankReference" | "bookedOn", number>>

function placesOf(heading: string[], { columns }: CsvStatementOptions): Places {
  const find = (name: string | undefined) => {
    const places = heading.flatMap((cell, index) =>
      name !== undefined && plain(cell) === plain(name) ? [index] : []
    )
    if (places.length > 1) {
      throw new StatementProblem(`The column ${printableText(name, 40)} is there twice`)
    }
    return places[0]
  }
  const needed = (name: string) => {
    const place = find(name)
    if (place === undefined) {
      throw new StatementProblem(
        `There is no column ${printableText(name, 40)}. The option statement.columns of this provider names the ` +
          "columns of the bank's file"
      )
    }
    return place
  }
  return {
    reference: needed(columns.reference),
    amount: needed(columns.amount),
    currency: needed(columns.currency),
    // Where the options name the column of the status, a file without it proves nothing.
    status: columns.status === undefined ? undefined : needed(columns.status),
    bankReference: find(columns.bankReference),
    bookedOn: find(columns.bookedOn),
  }
}

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, " ")
}
