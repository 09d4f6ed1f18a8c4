import { CsvError, parse, type CsvErrorCode } from "csv-parse/sync"
import { z } from "zod"
import { printableText } from "../../gateways/shared/text"
import { transferInput } from "../../modules/payout/domain/input"
import type { ImportLine, ImportLineProblem } from "../../modules/payout/domain/import"
import type { NewTransfer } from "../../modules/payout/domain/transfer"

/** So many transfers one file may hold: what one transaction makes and a person can still look through. */
export const maxImportLines = 1_000

const requiredColumns = ["beneficiary_id", "amount", "currency_code", "purpose"]
const columns = [...requiredColumns, "idempotency_key"]

const newTransfer = z.object(transferInput)

/** `lines` are those that can be read; what stands in `problems` is not among them. */
export type ImportFile = { lines: ImportLine[]; problems: ImportLineProblem[] }

type Row = { line: number; cells: string[] }

/**
 * Reads a file of transfers: CSV with commas, the columns' names in the first line, in any order. Empty lines,
 * and rows of empty cells as spreadsheets leave them, count as nothing. Of a file that can't be read as a
 * whole there are no lines at all.
 */
export function readImportFile(csv: string): ImportFile {
  const { rows, problem } = rowsOf(csv)
  const [heading, ...body] = rows
  const wrong = problem ?? problemOfFile(heading, body)
  return wrong || !heading ? { lines: [], problems: wrong ? [wrong] : [] } : readRows(heading, body)
}

function rowsOf(csv: string): { rows: Row[]; problem?: ImportLineProblem } {
  const rows: Row[] = []
  try {
    parse(csv, {
      bom: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      // How many cells a row has is told in words of ours, with the line.
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      // One more than there may be, to tell so: the rest of a huge file is not read.
      to: maxImportLines + 2,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines - breaksIn(cells), cells: cells.map((cell) => cell.trim()) })
        return cells
      },
    })
    return { rows }
  } catch (error) {
    if (error instanceof CsvError) {
      return { rows: [], problem: { line: Number(error.lines), message: messageOf(error.code) } }
    }
    throw error
  }
}

/** A quoted cell can hold line breaks; the parser counts to the last line of a row. */
function breaksIn(cells: string[]): number {
  return cells.join("").match(/\r\n|\n|\r/g)?.length ?? 0
}

function messageOf(code: CsvErrorCode): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "a quote is opened here and never closed"
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_CLOSING_QUOTE":
      return (
        "a quote stands in the middle of a cell. Put the whole cell in quotes and write each quote in it " +
        'twice: "so ""called"" bonus"'
      )
    default:
      return `this is not CSV (${code})`
  }
}

function problemOfFile(heading: Row | undefined, body: Row[]): ImportLineProblem | undefined {
  if (!heading) {
    return { line: 1, message: `the file is empty; its first line names the columns: ${columns}` }
  }
  const message = problemOfHeading(heading.cells)
  if (message) {
    return { line: heading.line, message }
  }
  if (body.length === 0) {
    return { line: heading.line, message: "the file has no line under its heading" }
  }
  const tooMuch = body[maxImportLines]
  if (tooMuch) {
    const most = maxImportLines.toLocaleString("en")
    return {
      line: tooMuch.line,
      message: `a file may hold ${most} transfers and this one goes on; split it`,
    }
  }
  return undefined
}

function problemOfHeading(names: string[]): string | undefined {
  const known = `The columns are: ${columns.join(", ")}, with commas between them`
  const unknown = names.find((name) => !columns.includes(name))
  if (unknown !== undefined) {
    return `there is no column "${printableText(unknown, 60) ?? ""}". ${known}`
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    return `the column ${twice} is there twice`
  }
  const missing = requiredColumns.filter((name) => !names.includes(name))
  return missing.length > 0 ? `missing: ${missing.join(", ")}. ${known}` : undefined
}

function readRows(heading: Row, body: Row[]): ImportFile {
  const file: ImportFile = { lines: [], problems: [] }
  const lineOfKey = new Map<string, number>()
  for (const row of body) {
    const { transfer, messages } = readRow(heading.cells, row.cells)
    const key = transfer?.idempotency_key
    const before = key === undefined ? undefined : lineOfKey.get(key)
    if (before !== undefined) {
      messages.push(`idempotency_key: stands in line ${before} too`)
    } else if (key !== undefined) {
      lineOfKey.set(key, row.line)
    }
    if (transfer && messages.length === 0) {
      file.lines.push({ line: row.line, transfer })
    }
    file.problems.push(...messages.map((message) => ({ line: row.line, message })))
  }
  return file
}

function readRow(names: string[], cells: string[]): { transfer?: NewTransfer; messages: string[] } {
  if (cells.length !== names.length) {
    const message =
      `has ${cells.length} cells where the heading has ${names.length}. A purpose with a comma stands in ` +
      "quotes; an amount has no comma"
    return { messages: [message] }
  }
  const values = Object.fromEntries(names.map((name, index) => [name, cells[index]]))
  const result = newTransfer.safeParse({
    ...values,
    // The column may be there and be filled in some lines only.
    idempotency_key: values.idempotency_key || undefined,
  })
  return result.success
    ? { transfer: result.data, messages: [] }
    : { messages: result.error.issues.map((issue) => messageOfIssue(issue, values)) }
}

function messageOfIssue(issue: z.core.$ZodIssue, values: Record<string, string | undefined>) {
  const column = String(issue.path[0])
  const written = printableText(values[column], 40)
  return `${column}: ${written === undefined ? "" : `"${written}" `}${issue.message}`
}
