import { CsvError, parse } from "csv-parse/sync"
import { printableText, visibleText } from "../../gateways/shared/text"
import { looksLikeFormula } from "../../shared/characters"

/** A sheet as CSV: its heading, and the rows that are not empty, each by its line in the file, from 1. */
export type CsvTable = { delimiter: CsvDelimiter; heading: CsvRow | undefined; rows: CsvRow[] }

/** `cells` are as they stand in the file, without what a spreadsheet was told by a quote before a formula. */
export type CsvRow = { line: number; cells: string[] }

export const csvDelimiters = { comma: ",", semicolon: ";", tab: "\t" } as const

export type CsvDelimiter = (typeof csvDelimiters)[keyof typeof csvDelimiters]

const delimiters: readonly CsvDelimiter[] = [",", ";", "\t"]

type CsvProblem = { line: number; message: string }

/**
 * Reads CSV with commas, semicolons or tabs, whichever makes the most known headings of the first line; Excel's own
 * first line `sep=;` counts before that. Rows whose cells are all empty are left out.
 *
 * @param mostRows below the heading; of a longer file there is one more, and the rest is not read
 */
export function readCsvTable(
  text: string,
  isKnown: (heading: string) => boolean,
  mostRows: number
): { table: CsvTable; problem?: undefined } | { table?: undefined; problem: CsvProblem } {
  const told = toldDelimiter(text)
  if (told && !isDelimiter(told.sign)) {
    const sign = printableText(told.sign) ?? ""
    const message = `"sep=${sign}": the cells can be parted by a comma, a semicolon or a tab, not by this`
    return { problem: { line: 1, message } }
  }
  const body = told ? text.slice(told.length) : text
  const delimiter = told && isDelimiter(told.sign) ? told.sign : delimiterOf(body, isKnown)
  const { rows, problem } = rowsOf(body, delimiter, mostRows, told ? 1 : 0)
  const [heading, ...others] = rows
  return problem ? { problem } : { table: { delimiter, heading, rows: others } }
}

function isDelimiter(sign: string): sign is CsvDelimiter {
  return delimiters.some((delimiter) => delimiter === sign)
}

/** Excel's own first line, and how long it is with its end. */
function toldDelimiter(text: string): { sign: string; length: number } | undefined {
  const [line, sign] = /^"?sep=([^\r\n])"?[;,\t]*(?:\r\n|\n|\r|$)/i.exec(text.slice(0, 200)) ?? []
  return line === undefined || sign === undefined ? undefined : { sign, length: line.length }
}

function delimiterOf(text: string, isKnown: (heading: string) => boolean): CsvDelimiter {
  let best: { delimiter: CsvDelimiter; known: number; cells: number } | undefined
  for (const delimiter of delimiters) {
    const cells = rowsOf(text, delimiter, 0, 0).rows[0]?.cells ?? []
    const known = cells.filter(isKnown).length
    const isBetter =
      !best || known > best.known || (known === best.known && cells.length > best.cells)
    if (isBetter) {
      best = { delimiter, known, cells: cells.length }
    }
  }
  return best?.delimiter ?? ","
}

function rowsOf(
  text: string,
  delimiter: CsvDelimiter,
  mostRows: number,
  linesBefore: number
): { rows: CsvRow[]; problem?: CsvProblem } {
  const rows: CsvRow[] = []
  let read = linesBefore
  try {
    parse(text, {
      delimiter,
      // `="0345"` and `12" screen`: a quote that does not begin a cell stands for itself.
      relax_quotes: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      // How many cells a row has is told in words of ours, with the line.
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      // The heading, and one more than there may be, to tell so: the rest of a huge file is not read.
      to: mostRows + (mostRows === 0 ? 1 : 2),
      on_record: (cells: string[], { lines }) => {
        read = linesBefore + lines
        if (cells.some((cell) => visibleText(cell) !== "")) {
          const line = read - breaksIn(cells)
          rows.push({ line, cells: cells.map(withoutTextMark) })
        }
        return null
      },
    })
    return { rows }
  } catch (error) {
    if (error instanceof CsvError) {
      const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED"
      const message = isOpen
        ? "a quote is opened here and never closed"
        : `this is not CSV (${error.code})`
      // The parser tells the line where the file ends.
      return { rows: [], problem: { line: read + 1, message } }
    }
    throw error
  }
}

/** A quoted cell can hold line breaks; the parser counts to the last line of a row. */
function breaksIn(cells: string[]): number {
  return cells.join("").match(/\r\n|\n|\r/g)?.length ?? 0
}

/** Exports put a quote before what a spreadsheet would take for a formula, and such a file can come back. */
function withoutTextMark(cell: string): string {
  return cell.startsWith("'") && looksLikeFormula(cell.slice(1)) ? cell.slice(1) : cell
}
