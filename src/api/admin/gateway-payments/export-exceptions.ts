import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { systemActor } from "../../../shared/audit-line"
import { csvAmount, type CsvExport, csvText, csvTime } from "../csv"
import type { Row } from "../read-rows"
import { exceptionFields } from "./exception-answers"
import { withPeople } from "./exception-people"

/** So many rows are in memory at a time. */
const pageSize = 500

const columns = z.object({
  id: csvText,
  kind: csvText,
  state: csvText,
  provider_id: csvText,
  reference: csvText,
  gateway_id: csvText,
  amount: csvAmount,
  currency_code: csvText,
  received_amount: csvAmount,
  expected_amount: csvAmount,
  expected_currency_code: csvText,
  customer_name: csvText,
  customer_email: csvText,
  cart_id: csvText,
  order_id: csvText,
  order_number: z.number().nullable(),
  created_at: csvTime,
  settled_at: csvTime,
  settled_by: csvText,
  note: csvText,
})

const people = z.object({
  customer: z.object({ name: csvText, email: csvText }).nullable(),
  order: z.object({ display_id: z.number() }).nullable(),
  settled_by: csvText,
  settled_by_name: csvText,
})

/** Payment exceptions as a file: what is open, and what was decided, by whom and why; people by their names. */
export function exceptionsCsv(pages: AsyncIterable<readonly Row[]>): CsvExport {
  return { columns, pages: csvRows(pages) }
}

async function* csvRows(pages: AsyncIterable<readonly Row[]>) {
  for await (const page of pages) {
    yield page.map((row) => {
      const { customer, order, settled_by, settled_by_name } = people.parse(row)
      return {
        ...row,
        amount: row.raw_amount,
        received_amount: row.raw_received_amount,
        expected_amount: row.raw_expected_amount,
        customer_name: customer?.name ?? null,
        customer_email: customer?.email ?? null,
        order_number: order?.display_id ?? null,
        settled_by:
          settled_by === systemActor ? "the shop itself" : (settled_by_name ?? settled_by),
      }
    })
  }
}

/** All that a filter lets through, page by page, oldest first, each page from the last id of the one before. */
export async function* exceptionPages(
  container: MedusaContainer,
  filters: Record<string, unknown>,
  viewer: string
): AsyncGenerator<Row[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  let after = ""
  for (;;) {
    const { data } = await query.graph({
      entity: "payment_exception",
      fields: exceptionFields,
      filters: { $and: [filters, { id: { $gt: after } }] },
      pagination: { take: pageSize, skip: 0, order: { id: "ASC" } },
    })
    if (data.length > 0) {
      yield await withPeople(container, data, viewer)
    }
    if (data.length < pageSize) {
      return
    }
    after = String(data.at(-1)?.id)
  }
}
