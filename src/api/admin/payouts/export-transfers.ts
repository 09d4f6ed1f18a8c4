import { Readable, type Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { stringify } from "csv-stringify"
import { transferFields, withBeneficiaries, type TransferWithPayee } from "./answers"

/** So many rows are in memory at a time. */
const pageSize = 500

/**
 * All transfers that a filter lets through, page by page, oldest first: ids are ULIDs and sort by time, up to
 * those of one millisecond. Each page begins where the last one ended, so that what is made meanwhile moves no row
 * from one page to another.
 */
export async function* transferPages(
  container: MedusaContainer,
  filters: Record<string, unknown>
): AsyncGenerator<TransferWithPayee[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  let after = ""
  for (;;) {
    const { data } = await query.graph({
      entity: "payout_transfer",
      fields: transferFields,
      filters: { ...filters, $and: [{ id: { $gt: after } }] },
      pagination: { take: pageSize, skip: 0, order: { id: "ASC" } },
    })
    if (data.length > 0) {
      yield await withBeneficiaries(container, data)
    }
    if (data.length < pageSize) {
      return
    }
    after = String(data.at(-1)?.id)
  }
}

/** As a row of the database and as one of the file: amounts by their exact texts, times in UTC. */
const exact = z
  .object({ value: z.string() })
  .nullish()
  .transform((raw) => raw?.value ?? null)

const time = z.coerce
  .date()
  .nullable()
  .transform((date) => date?.toISOString() ?? null)

const text = z.string().nullable()

const columns = {
  id: text,
  reference: text,
  status: text,
  amount: exact,
  currency_code: text,
  gateway_fee: exact,
  beneficiary_id: text,
  beneficiary_name: text,
  beneficiary_account: text,
  purpose: text,
  provider_id: text,
  gateway_id: text,
  reason: text,
  idempotency_key: text,
  import_id: text,
  import_line: z.number().nullable(),
  retry_of_id: text,
  created_by: text,
  created_at: time,
  approved_by: text,
  approved_at: time,
  submitted_at: time,
  updated_at: time,
}

const csvRow = z.object(columns)

/**
 * Writes transfers as CSV, with a byte order mark and CRLF, as spreadsheets want it. A cell that a spreadsheet
 * would take for a formula gets a quote before it: names and purposes were typed by people.
 *
 * @throws what a page or the output throws; the output is destroyed then
 */
export async function writeTransfersCsv(
  pages: AsyncIterable<TransferWithPayee[]>,
  output: Writable
): Promise<void> {
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    bom: true,
    record_delimiter: "windows",
    quote_record_delimiter: true,
    escape_formulas: true,
  })
  await pipeline(Readable.from(csvRows(pages)), csv, output)
}

async function* csvRows(pages: AsyncIterable<TransferWithPayee[]>) {
  for await (const page of pages) {
    for (const row of page) {
      yield csvRow.parse({
        ...row,
        amount: row.raw_amount,
        gateway_fee: row.raw_gateway_fee,
        beneficiary_name: row.beneficiary?.name ?? null,
        beneficiary_account: row.beneficiary?.account_hint ?? null,
      })
    }
  }
}
