/** Exports as CSV: one schema for a row of the file, written page by page as the rows come. */
import { Readable, type Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { stringify } from "csv-stringify"
import { looksLikeFormula } from "../../shared/characters"
import { errorMessage } from "../../shared/errors"

/** What an export writes. */
export type CsvExport = {
  /** The columns, in their order; what a row has besides is not written. */
  columns: z.ZodObject
  /** The rows, so many at a time as are to be in memory. */
  pages: AsyncIterable<readonly object[]>
  /** A comma unless it is said here. */
  delimiter?: string
}

/** The columns of a file: texts, times in UTC, and amounts by the exact text that Medusa's `raw_` values have. */
export const csvText = z.string().nullable()

export const csvTime = z.coerce
  .date()
  .nullable()
  .transform((date) => date?.toISOString() ?? null)

export const csvAmount = z
  .object({ value: z.string() })
  .nullish()
  .transform((raw) => raw?.value ?? null)

/**
 * Answers with a file. Where it breaks off in the middle the connection is cut, so that nobody takes a part for the
 * whole, and the log says why.
 *
 * @param name of the file, without its ending
 */
export async function answerCsv(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse,
  name: string,
  file: CsvExport
): Promise<void> {
  res.setHeader("content-type", "text/csv; charset=utf-8")
  res.setHeader("content-disposition", `attachment; filename="${name}.csv"`)
  res.setHeader("cache-control", "no-store")
  try {
    await writeCsv(file, res)
  } catch (error) {
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`The export ${name}.csv broke off: ${errorMessage(error)}`)
  }
}

/**
 * Writes rows as CSV, with a byte order mark and CRLF, as spreadsheets want it. A cell that a spreadsheet would take
 * for a formula gets a quote before it: names, purposes and references come from people and gateways.
 *
 * @throws what a page or the output throws; the output is destroyed then
 */
export async function writeCsv(
  { columns, pages, delimiter = "," }: CsvExport,
  output: Writable
): Promise<void> {
  const csv = stringify({
    header: true,
    delimiter,
    columns: Object.keys(columns.shape).map((key) => ({ key, header: withoutFormula(key) })),
    bom: true,
    record_delimiter: "windows",
    quote_record_delimiter: true,
  })
  await pipeline(Readable.from(csvRows(columns, pages)), csv, output)
}

async function* csvRows(columns: z.ZodObject, pages: CsvExport["pages"]) {
  for await (const page of pages) {
    for (const row of page) {
      const cells = Object.entries(columns.parse(row))
      yield Object.fromEntries(cells.map(([column, cell]) => [column, withoutFormula(cell)]))
    }
  }
}

function withoutFormula<Cell>(cell: Cell): Cell | string {
  return typeof cell === "string" && looksLikeFormula(cell) ? `'${cell}` : cell
}
