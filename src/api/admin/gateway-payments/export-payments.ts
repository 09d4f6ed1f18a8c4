import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import {
  type PaymentFilters,
  paymentPages,
} from "../../../modules/payment-journal/repositories/payment-queries"
import { type CsvExport, csvText, csvTime } from "../csv"
import { paymentAnswers } from "./payment-answers"

/** So many rows are in memory at a time. */
const pageSize = 500

const columns = z.object({
  id: csvText,
  reference: csvText,
  gateway_id: csvText,
  provider_id: csvText,
  provider_title: csvText,
  state: csvText,
  raw_status: csvText,
  amount: csvText,
  received_amount: csvText,
  captured_amount: csvText,
  refunded_amount: csvText,
  currency_code: csvText,
  order_id: csvText,
  order_display_id: z.number().nullable(),
  customer_id: csvText,
  customer_email: csvText,
  cart_id: csvText,
  session_id: csvText,
  created_at: csvTime,
  updated_at: csvTime,
})

/** Orders at gateways as a file, the oldest first; amounts are exact texts, times in UTC. */
export function paymentsCsv(container: MedusaContainer, filters: PaymentFilters): CsvExport {
  return { columns, pages: csvRows(container, filters) }
}

async function* csvRows(container: MedusaContainer, filters: PaymentFilters) {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for await (const page of paymentPages(database, filters, pageSize)) {
    const answers = await paymentAnswers(container, page)
    yield answers.map(({ customer, order, ...payment }) => ({
      ...payment,
      order_id: order?.id ?? null,
      order_display_id: order?.display_id ?? null,
      customer_id: customer?.id ?? null,
      customer_email: customer?.email ?? null,
    }))
  }
}
