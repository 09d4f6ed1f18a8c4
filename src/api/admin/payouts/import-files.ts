import { z } from "@medusajs/framework/zod"
import type { ImportLineProblem } from "../../../modules/payout/domain/import"
import { type CsvRow, csvDelimiters } from "../../../workflows/payouts/csv-table"
import {
  columnOf,
  offeredColumns,
  templateHeadings,
} from "../../../workflows/payouts/import-columns"
import { type ImportFile, isBroken } from "../../../workflows/payouts/read-import-file"
import { type CsvExport, csvText } from "../csv"
import type { AdminGetPayoutImportTemplateParamsType } from "./validators"

/** A file to fill in: the headings alone, so that no example can be sent by mistake. */
export function importTemplate({
  delimiter,
  language,
}: AdminGetPayoutImportTemplateParamsType): CsvExport {
  return {
    columns: textColumns(templateHeadings(language)),
    pages: onePage([]),
    delimiter: csvDelimiters[delimiter],
  }
}

/**
 * The refused lines of a file as they stood in it, with their line there and the reasons beside them: mended, it can be
 * sent as it is. A line whose cells have moved is told in its reason and has none, so that nobody sends it as it is. Of a
 * file that could not be read as a whole there is the reason alone.
 */
export function refusedLines(
  { table }: Pick<ImportFile, "table">,
  problems: readonly ImportLineProblem[]
): CsvExport {
  const reasons = new Map<number, string[]>()
  for (const { line, message } of problems) {
    reasons.set(line, [...(reasons.get(line) ?? []), message])
  }
  const refused = (table?.rows ?? []).filter(({ line }) => reasons.has(line))
  const headings = refused.length > 0 ? (table?.heading?.cells ?? []) : []
  const kept = headings.flatMap((heading, index) => (isKept(heading) ? [{ heading, index }] : []))
  const byLine = new Map(refused.map((row) => [row.line, row]))
  const rows = [...reasons].map(([line, messages]) => {
    const row = byLine.get(line)
    const told = { line: String(line), reason: messages.join("; ") }
    if (!row || !table) {
      return told
    }
    const reads = `${told.reason}; it reads: ${row.cells.join(`${table.delimiter} `)}`
    return isBroken(row, table) ? { ...told, reason: reads } : { ...cellsOf(row, kept), ...told }
  })
  return {
    columns: textColumns([...kept.map(({ heading }) => heading), "line", "reason"]),
    pages: onePage(rows),
    delimiter: table?.delimiter,
  }
}

/** Not the lines and reasons of an earlier file of refused lines, nor what a sheet numbers its rows by. */
function isKept(heading: string): boolean {
  const column = columnOf(heading)
  return column !== undefined && offeredColumns.includes(column)
}

function cellsOf(
  { cells }: CsvRow,
  columns: readonly { heading: string; index: number }[]
): Record<string, string> {
  return Object.fromEntries(columns.map(({ heading, index }) => [heading, cells[index] ?? ""]))
}

function textColumns(headings: readonly string[]): z.ZodObject {
  return z.object(Object.fromEntries(headings.map((heading) => [heading, csvText.default("")])))
}

async function* onePage<Row extends object>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
