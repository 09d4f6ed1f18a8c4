import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { csvAmount, type CsvExport, csvText, csvTime } from "../csv"
import {
  transferFields,
  type TransferWithPayee,
  withBeneficiaries,
  withReasonCodes,
} from "./answers"

/** So many rows are in memory at a time. */
const pageSize = 500

const columns = z.object({
  id: csvText,
  reference: csvText,
  status: csvText,
  amount: csvAmount,
  currency_code: csvText,
  gateway_fee: csvAmount,
  beneficiary_id: csvText,
  beneficiary_name: csvText,
  beneficiary_account: csvText,
  purpose: csvText,
  provider_id: csvText,
  gateway_id: csvText,
  reason: csvText,
  reason_code: csvText,
  idempotency_key: csvText,
  external_id: csvText,
  import_id: csvText,
  import_line: z.number().nullable(),
  batch_id: csvText,
  file_id: csvText,
  retry_of_id: csvText,
  created_by: csvText,
  created_at: csvTime,
  approved_by: csvText,
  approved_at: csvTime,
  send_at: csvTime,
  submitted_at: csvTime,
  updated_at: csvTime,
})

/** Transfers as a file. */
export function transfersCsv(pages: AsyncIterable<TransferWithPayee[]>): CsvExport {
  return { columns, pages: csvRows(pages) }
}

async function* csvRows(pages: AsyncIterable<TransferWithPayee[]>) {
  for await (const page of pages) {
    yield page.map((row) => ({
      ...row,
      amount: row.raw_amount,
      gateway_fee: row.raw_gateway_fee,
      beneficiary_name: row.beneficiary?.name ?? null,
      beneficiary_account: row.beneficiary?.account_hint ?? null,
    }))
  }
}

/**
 * All transfers that a filter lets through, page by page, oldest first: ids sort as transfers were made, those of a
 * file by its lines, but for those of two servers in one millisecond. Each page begins where the last one ended, so that
 * what is made meanwhile moves no row from one page to another.
 */
export async function* transferPages(
  container: MedusaContainer,
  filters: Record<string, unknown>
): AsyncGenerator<TransferWithPayee[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const conditions = Array.isArray(filters.$and) ? filters.$and : []
  let after = ""
  for (;;) {
    const { data } = await query.graph({
      entity: "payout_transfer",
      fields: transferFields,
      filters: { ...filters, $and: [...conditions, { id: { $gt: after } }] },
      pagination: { take: pageSize, skip: 0, order: { id: "ASC" } },
    })
    if (data.length > 0) {
      yield await withReasonCodes(container, await withBeneficiaries(container, data))
    }
    if (data.length < pageSize) {
      return
    }
    after = String(data.at(-1)?.id)
  }
}
