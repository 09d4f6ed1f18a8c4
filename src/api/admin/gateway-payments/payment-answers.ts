/** What the routes of the orders at gateways answer, and how their rows become it. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import {
  listPayments,
  moneyInByDay,
  type PaymentFilters,
  paymentPages,
  type PaymentWithMoney,
} from "../../../modules/payment-journal/repositories/payment-queries"
import { titleOf } from "../../../providers/registry"
import { notFound } from "../../../shared/errors"
import { timelineOfPayment } from "../../../workflows/order-payments/describe-order-payments"
import { shopRowsOf } from "../../../workflows/payments/shop-rows"
import { type CsvExport, csvText, csvTime } from "../csv"
import { daysAsked } from "../days"
import { fieldsOf, listOf, time } from "../read-rows"
import { PaymentTimelineEntry } from "./orders/answers"
import { type AdminGetGatewayMoneyInType, journalFilters } from "./payment-filters"

const amount = z.string().describe("Exact, in major units.")

const providerTitle = z.string().describe("The gateway's name, for people.")

export const GatewayPayment = z.object({
  id: z.string(),
  reference: z.string().describe("Ours; what the gateway knows the order by."),
  gateway_id: z.string().nullable().describe("The gateway's own number of it."),
  provider_id: z.string(),
  provider_title: providerTitle,
  state: z.enum(gatewayOrderStates),
  raw_status: z.string().nullable().describe("The status, as the gateway last wrote it."),
  amount: amount.describe(
    "What was ordered, as the gateway was asked for it; exact, in major units."
  ),
  received_amount: amount.describe(
    "What the gateway proved to have taken, in this currency; of a reservation what was captured."
  ),
  captured_amount: amount
    .nullable()
    .describe(
      "Null where nothing was captured by itself: most gateways take the money in one step."
    ),
  refunded_amount: amount.describe("What was given back, also elsewhere."),
  currency_code: z.string(),
  session_id: z.string(),
  attached_session_id: z
    .string()
    .nullable()
    .describe(
      "The payment session that a person attached the money to, in the place of `session_id`."
    ),
  cart_id: z.string().nullable(),
  customer: z
    .object({
      id: z.string(),
      email: z.string().nullable(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
    })
    .nullable()
    .describe("Whose payment it is, as far as the shop knows; also who bought as a guest."),
  order: z
    .object({ id: z.string(), display_id: z.int() })
    .nullable()
    .describe("The shop's order that it was opened for, or attached to; null while there is none."),
  expires_at: time.nullable(),
  created_at: time,
  updated_at: time,
})

export type GatewayPaymentAnswer = z.infer<typeof GatewayPayment>

const fields = fieldsOf(GatewayPayment)

export const listPaymentsConfig = listOf(fields)

export const GatewayPaymentDetail = GatewayPayment.extend({
  timeline: z.array(PaymentTimelineEntry).describe("What happened to it, newest first."),
})

/** @throws MedusaError not_found */
export async function paymentAnswer(container: MedusaContainer, id: string) {
  const { payments } = await listPayments(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    { id },
    { limit: 1, offset: 0, order: { by: "created_at", isDescending: true } }
  )
  const [payment] = payments
  const [answer] = await paymentAnswers(container, payments)
  if (!payment || !answer) {
    throw notFound(`There is no gateway payment ${id}`)
  }
  return { ...answer, timeline: await timelineOfPayment(container, payment) }
}

/** With what the shop has beside each; times are still dates. */
export async function paymentAnswers(
  container: MedusaContainer,
  payments: readonly PaymentWithMoney[]
) {
  const shop = await shopRowsOf(container, payments)
  return payments.map((payment) => ({
    id: payment.id,
    reference: payment.reference,
    gateway_id: payment.gateway_id,
    provider_id: payment.provider_id,
    provider_title: titleOf(payment.provider_id),
    state: payment.state,
    raw_status: payment.raw_status,
    amount: payment.amount,
    received_amount: payment.received_amount,
    captured_amount: payment.captured_amount,
    refunded_amount: payment.refunded_amount,
    currency_code: payment.currency_code,
    session_id: payment.session_id,
    attached_session_id: payment.attached_session_id,
    cart_id: payment.cart_id,
    customer: shop.get(payment.id)?.customer ?? null,
    order: shop.get(payment.id)?.order ?? null,
    expires_at: payment.expires_at,
    created_at: payment.created_at,
    updated_at: payment.updated_at,
  }))
}

export const GatewayPaymentTotal = z.object({
  provider_id: z.string(),
  provider_title: providerTitle,
  currency_code: z.string(),
  count: z.int().describe("Of the orders in this currency."),
  ordered_amount: amount,
  received_amount: amount.describe(
    "What the gateway proved to have taken, whatever became of it since; exact, in major units."
  ),
  refunded_amount: amount,
  charged_back_amount: amount.describe("What shoppers' banks took back; exact, in major units."),
})

export const GatewayMoneyIn = z.object({
  time_zone: z.string().describe("Whose days these are."),
  from: z.string().describe("The first day, such as `2026-05-01`."),
  to: z.string().describe("The last day."),
  days: z.array(
    z.object({
      day: z.string(),
      provider_id: z.string(),
      provider_title: providerTitle,
      currency_code: z.string(),
      amount,
      count: z.int(),
    })
  ),
})

export type GatewayPaymentTotals = { totals: z.infer<typeof GatewayPaymentTotal>[] }
export type GatewayPayments = {
  gateway_payments: GatewayPaymentAnswer[]
  count: number
  offset: number
  limit: number
}
export type GatewayPaymentDetailAnswer = {
  gateway_payment: z.infer<typeof GatewayPaymentDetail>
}
export type GatewayMoneyInAnswer = { money_in: z.infer<typeof GatewayMoneyIn> }

/** What came in, by day, gateway and currency, in the time that was asked for. */
export async function moneyInAnswer(
  container: MedusaContainer,
  { created_at, time_zone: timeZone, ...query }: AdminGetGatewayMoneyInType,
  now: Date
) {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const filters = await journalFilters(container, query)
  const { from, to, first, last } = await daysAsked(database, created_at, timeZone, now)
  const days = await moneyInByDay(database, filters, { from, to, timeZone })
  return {
    time_zone: timeZone,
    from: first,
    to: last,
    days: days.map((day) => ({ ...day, provider_title: titleOf(day.provider_id) })),
  }
}

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
