import { z } from "zod"
import {
  printableAmount,
  printableText,
  visibleText,
  withoutOuterMarks,
} from "../../gateways/shared/text"
import type { Actor } from "../../modules/payout/actor"
import { lastPlaces } from "../../modules/payout/crypto/accounts"
import { identifyingNumber } from "../../modules/payout/crypto/digests"
import {
  type ImportCheck,
  type ImportLine,
  type ImportLineProblem,
  type LineFault,
  lineFaults,
} from "../../modules/payout/domain/import"
import { textInput, transferInput } from "../../modules/payout/domain/input"
import { ownFields } from "../../modules/payout/domain/own-fields"
import type { PayoutModuleService } from "../../modules/payout/service"
import { type CsvRow, type CsvTable, readCsvTable } from "./csv-table"
import { checkText, decodeFile } from "./decode-file"
import { columnOf, type ImportColumn, offeredColumns, requiredColumns } from "./import-columns"

/** So many transfers one file may hold: what one transaction makes and a person can still look through. */
export const maxImportLines = 1_000

/** A file as it came: its bytes, or a text that somebody else decoded. */
export type ImportFileContent = Uint8Array | string

/** The same as JSON holds it: one of a text, and a file's bytes in base64. */
export type ImportFileInput = { csv?: string; file?: string }

export function contentOf({ csv, file }: ImportFileInput): ImportFileContent {
  return file === undefined ? (csv ?? "") : Buffer.from(file, "base64")
}

/**
 * `lines` are those that can be read; what stands in `problems` is not among them. `table` is the file as it stands;
 * undefined where it is no CSV at all.
 */
export type ImportFile = { lines: ImportLine[]; problems: ImportLineProblem[]; table?: CsvTable }

/**
 * Reads a file of transfers: CSV as spreadsheets write it, with the columns' names in the first line, in any order; see
 * import-columns.ts. Of a file that can't be read as a whole there are no lines at all.
 */
export function readImportFile(content: ImportFileContent): ImportFile {
  const decoded = typeof content === "string" ? checkText(content) : decodeFile(content)
  if (decoded.problem) {
    return { lines: [], problems: [{ ...decoded.problem, code: "encoding" }] }
  }
  const { table, problem } = readCsvTable(
    decoded.text,
    (heading) => columnOf(heading) !== undefined,
    maxImportLines
  )
  if (problem) {
    return { lines: [], problems: [{ ...problem, code: "csv" }] }
  }
  const wrong = problemOfFile(table)
  return wrong || !table.heading
    ? { lines: [], problems: wrong ? [wrong] : [], table }
    : { ...readRows(table, columnsOf(table.heading.cells)), table }
}

function problemOfFile({ heading, rows }: CsvTable): ImportLineProblem | undefined {
  if (!heading) {
    const names = offeredColumns.join(", ")
    const message = `the file is empty; its first line names the columns: ${names}`
    return { line: 1, message, code: "empty" }
  }
  const message = problemOfHeading(heading.cells)
  if (message) {
    return { line: heading.line, message, code: "heading" }
  }
  if (rows.length === 0) {
    const message = "the file has no line under its heading"
    return { line: heading.line, message, code: "empty" }
  }
  const tooMuch = rows[maxImportLines]
  if (tooMuch) {
    const most = maxImportLines.toLocaleString("en")
    return {
      line: tooMuch.line,
      message: `a file may hold ${most} transfers and this one goes on; split it`,
      code: "too_many_lines",
    }
  }
  return undefined
}

/** More than there are columns, with all that a sheet may have beside them: such a file is something else. */
const mostHeadings = 100

function problemOfHeading(headings: string[]): string | undefined {
  const known =
    `The columns are: ${offeredColumns.join(", ")}, or as in the template, with commas, semicolons or tabs ` +
    "between them"
  const named = headings.filter((heading) => visibleText(heading) !== "")
  if (named.length > mostHeadings) {
    return `the heading has ${named.length} cells. ${known}`
  }
  const unknown = named.find((heading) => columnOf(heading) === undefined)
  if (unknown !== undefined) {
    return `there is no column "${printableText(unknown, 60) ?? ""}". ${known}`
  }
  const columns = named.flatMap((heading) => columnOf(heading) ?? [])
  const twice = columns.find(
    (column, index) => offeredColumns.includes(column) && columns.indexOf(column) !== index
  )
  if (twice !== undefined) {
    const alike = named.filter((heading) => columnOf(heading) === twice)
    const both = alike
      .slice(0, 2)
      .map((heading) => `"${printableText(heading, 60) ?? ""}"`)
      .join(" and ")
    return `the column ${twice} is there twice: ${both}`
  }
  const missing = requiredColumns.filter((name) => !columns.includes(name))
  return missing.length > 0 ? `missing: ${missing.join(", ")}. ${known}` : undefined
}

/** A column by its place; undefined where the heading has an empty cell, under which nothing may stand. */
type Columns = readonly (ImportColumn | undefined)[]

function columnsOf(headings: readonly string[]): Columns {
  return headings.map(columnOf)
}

function readRows(
  { delimiter, rows }: CsvTable,
  columns: Columns
): Pick<ImportFile, "lines" | "problems"> {
  const file: ImportFile = { lines: [], problems: [] }
  const lineOfKey = new Map<string, number>()
  for (const row of rows) {
    const { line: read, faults } = readRow(row, columns, delimiter)
    const key = read?.transfer.idempotency_key
    const before = key === undefined ? undefined : lineOfKey.get(key)
    if (before !== undefined) {
      faults.push({
        message: `idempotency_key: stands in line ${before} too`,
        code: "key_twice",
      })
    } else if (key !== undefined) {
      lineOfKey.set(key, row.line)
    }
    if (read && faults.length === 0) {
      file.lines.push(read)
    }
    file.problems.push(...faults.map((fault) => ({ line: row.line, ...fault })))
  }
  return withOneAccountEach(file)
}

type Fault = Omit<ImportLineProblem, "line">

type ReadRow = { line?: ImportLine; faults: Fault[] }

type Values = Partial<Record<ImportColumn, string>>

const lineInput = z.object({
  ...transferInput,
  external_id: ownFields.external_id,
  beneficiary_name: textInput("words", 500).optional(),
  account_number: textInput("number", 500).optional(),
})

/** Where semicolons part the cells, commas can stand before the decimals: `1.500,00` and `1500,00`. */
const decimalComma = /^(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/
/** With a point alone it could be either. */
const pointedThousands = /^\d{1,3}(?:\.\d{3})+$/

const lineWithCommas = lineInput.extend({
  amount: z
    .string({ error: "is missing" })
    .transform((written, context): string | number => {
      const amount = withoutOuterMarks(written)
      if (pointedThousands.test(amount)) {
        const message = "can be read in two ways: write a comma before the decimals, as in 1500,00"
        context.addIssue({ code: "custom", message })
        return z.NEVER
      }
      return decimalComma.test(amount) ? amount.replaceAll(".", "").replace(",", ".") : amount
    })
    .pipe(transferInput.amount),
})

function readRow(row: CsvRow, columns: Columns, delimiter: CsvTable["delimiter"]): ReadRow {
  const problem = problemOfCells(row.cells, columns, delimiter)
  if (problem !== undefined) {
    return { faults: [{ message: problem, code: "cells" }] }
  }
  const values: Values = {}
  for (const [index, column] of columns.entries()) {
    if (column !== undefined) {
      values[column] = row.cells[index] ?? ""
    }
  }
  const input = delimiter === ";" ? lineWithCommas : lineInput
  const result = input.safeParse({
    beneficiary_id: values.beneficiary_id,
    amount: values.amount,
    currency_code: values.currency_code,
    purpose: values.purpose,
    idempotency_key: filled(values.idempotency_key),
    external_id: filled(values.external_id),
    beneficiary_name: filled(values.beneficiary_name),
    account_number: filled(values.account_number),
  })
  if (!result.success) {
    return {
      faults: result.error.issues.map((issue) => ({
        message: messageOfIssue(issue, values, delimiter),
        code: faultOfIssue(issue),
      })),
    }
  }
  const { beneficiary_name, account_number, ...transfer } = result.data
  const stated = { beneficiary_name, account_number }
  return {
    line: {
      line: row.line,
      transfer,
      ...(beneficiary_name === undefined && account_number === undefined ? {} : { stated }),
    },
    faults: [],
  }
}

/** A column may be there and be filled in some lines only. */
function filled(cell: string | undefined): string | undefined {
  return cell === undefined || visibleText(cell) === "" ? undefined : cell
}

/** Whether a row's cells can't be told by its heading, so that each may be another one's. */
export function isBroken({ cells }: CsvRow, { heading, delimiter }: CsvTable): boolean {
  return problemOfCells(cells, columnsOf(heading?.cells ?? []), delimiter) !== undefined
}

const signs = { ",": "comma", ";": "semicolon", "\t": "tab" } as const

function problemOfCells(
  cells: readonly string[],
  columns: Columns,
  delimiter: CsvTable["delimiter"]
): string | undefined {
  const isFilled = (index: number) => visibleText(cells[index] ?? "") !== ""
  const places = [...cells.keys()]
  const required = columns.map((column) => column !== undefined && requiredColumns.includes(column))
  const lastRequired = required.lastIndexOf(true)
  // A sign in a purpose moves the rest of it, and what is empty at the end, one column on.
  const hasMoved =
    cells.length > columns.length && places.some((index) => index > lastRequired && isFilled(index))
  const isOutside = places.some((index) => columns[index] === undefined && isFilled(index))
  if (!hasMoved && !isOutside && cells.length > lastRequired) {
    return undefined
  }
  const howMany =
    isOutside && cells.length <= columns.length
      ? "has something under an empty heading"
      : `has ${cells.length} cells where the heading has ${columns.length}`
  const ofAmounts = delimiter === "," ? "; an amount has no comma" : ""
  return `${howMany}. A text with a ${signs[delimiter]} in it stands in quotes${ofAmounts}`
}

/** By what is wrong with the text, or else by its column. */
function faultOfIssue(issue: z.core.$ZodIssue): LineFault {
  const said = issue.code === "custom" ? lineFaultOf(issue.params?.fault) : undefined
  if (said !== undefined) {
    return said
  }
  switch (issue.path[0]) {
    case "amount":
      return "amount"
    case "currency_code":
      return "currency"
    default:
      return issue.code === "too_big" ? "too_long" : "text"
  }
}

function lineFaultOf(fault: unknown): LineFault | undefined {
  return lineFaults.find((one) => one === fault)
}

function messageOfIssue(
  issue: z.core.$ZodIssue,
  values: Values,
  delimiter: CsvTable["delimiter"]
): string {
  const column = String(issue.path[0])
  const value = Object.entries(values).find(([name]) => name === column)?.[1]
  const written = shownCell(column, value)
  const also =
    column === "amount" && delimiter === ";" && issue.code !== "custom" && written !== undefined
      ? ". In this file a comma may stand before the decimals, as in 1.500,00"
      : ""
  return `${column}: ${written === undefined ? "" : `"${written}" `}${issue.message}${also}`
}

function shownCell(column: string, value: string | undefined): string | undefined {
  switch (column) {
    case "account_number":
      return value ? lastPlaces(value) : undefined
    case "amount":
      return printableAmount(value, 40)
    default:
      return printableText(value, 40)
  }
}

/**
 * One file names one account for each beneficiary: of two, one is wrong. It also keeps a file from being a way to try
 * out a thousand numbers until one agrees.
 */
function withOneAccountEach({ lines, problems }: ImportFile): ImportFile {
  const accounts = new Map<string, Set<string>>()
  for (const { transfer, stated } of lines) {
    if (stated?.account_number !== undefined) {
      const known = accounts.get(transfer.beneficiary_id) ?? new Set()
      accounts.set(transfer.beneficiary_id, known.add(identifyingNumber(stated.account_number)))
    }
  }
  const isDoubtful = ({ transfer, stated }: ImportLine) =>
    stated?.account_number !== undefined && (accounts.get(transfer.beneficiary_id)?.size ?? 0) > 1
  const doubtful = lines.filter(isDoubtful).map(({ line, transfer }) => ({
    line,
    message:
      `account_number: the file has several account numbers for ${transfer.beneficiary_id}, of which one at most is ` +
      "right",
    code: "payee_mismatch" as const,
  }))
  return {
    lines: lines.filter((line) => !isDoubtful(line)),
    problems: [...problems, ...doubtful].sort((one, other) => one.line - other.line),
  }
}

/** Reads a file and checks it as an import would; `problems` are those of both, by their lines. */
export async function checkImportFile(
  payouts: Pick<PayoutModuleService, "checkImport">,
  input: ImportFileInput,
  actor: Actor
): Promise<{ file: ImportFile; found: ImportCheck; problems: ImportLineProblem[] }> {
  const file = readImportFile(contentOf(input))
  const found = await payouts.checkImport(file.lines, actor, file.problems)
  const problems = [...file.problems, ...found.problems]
  return { file, found, problems: problems.sort((one, other) => one.line - other.line) }
}
