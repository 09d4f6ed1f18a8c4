/**
 * Orders at gateways as people look for them: pages of a list, sums, and money in by day, all over the same filters.
 * Nothing here decides about money: `PostgresJournal` does. Each filter and each order of the list has an index; see
 * models/gateway-order.ts.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { type AuditLine, toAuditLine } from "../../../shared/audit-line"
import { type OneOrMore, readRow, type TimeRange, within } from "../../../shared/database"
import { type GatewayOrder, type GatewayOrderState, toGatewayOrder } from "../gateway-order"
import { type PaymentException, toPaymentException } from "./exceptions"
import { toWebhookEvent, type WebhookEventRow } from "./inbox"

/** What an order at a gateway has to belong to: to any of these. */
export type Owners = {
  customerIds: readonly string[]
  cartIds: readonly string[]
  collectionIds: readonly string[]
  /** Of payments that were attached to another session than the one that they were opened for. */
  sessionIds: readonly string[]
}

export type PaymentFilters = {
  id?: OneOrMore<string>
  provider_id?: OneOrMore<string>
  state?: OneOrMore<GatewayOrderState>
  currency_code?: OneOrMore<string>
  cart_id?: OneOrMore<string>
  created_at?: TimeRange
  updated_at?: TimeRange
  /** Each narrows what is found further. */
  belongsTo?: readonly Owners[]
  /** The beginning of a number of ours or of the gateway's, or a whole id of Medusa's; or what belongs to `owners`. */
  search?: { text: string; owners: Owners }
}

export const paymentOrders = ["created_at", "updated_at", "amount"] as const

export type PaymentPage = {
  limit: number
  offset: number
  order: { by: (typeof paymentOrders)[number]; isDescending: boolean }
}

/** What came and went for an order in its own currency; exact, in major units. */
type PaymentMoney = {
  /** What the gateway proved to have taken; of a payment that was reserved first, what was captured. */
  received_amount: string
  /** Null where nothing was captured by itself: most gateways take the money in one step. */
  captured_amount: string | null
  /** What was given back, also elsewhere; all of it where the gateway says so. */
  refunded_amount: string
}

export type PaymentWithMoney = GatewayOrder & PaymentMoney

/** A page of what the filters let through, and how much they let through. */
export async function listPayments(
  database: Knex,
  filters: PaymentFilters,
  { limit, offset, order }: PaymentPage
): Promise<{ payments: PaymentWithMoney[]; count: number }> {
  const direction = order.isDescending ? "desc" : "asc"
  const rows = await matching(database, filters)
    .select("gateway_order.*")
    .orderBy([
      { column: `gateway_order.${order.by}`, order: direction },
      // Rows that are equal in it would else be shown on two pages, and others on none.
      { column: "gateway_order.id", order: direction },
    ])
    .limit(limit)
    .offset(offset)
  const [counted] = await matching(database, filters).count({ count: "*" })
  return { payments: await withMoney(database, rows), count: Number(counted?.count ?? 0) }
}

/**
 * All that the filters let through, so many at a time, oldest first: ids sort as rows were made, but for those of two
 * servers in one millisecond. Each page begins where the last one ended, so that what is opened meanwhile moves no row
 * from one page to another.
 */
export async function* paymentPages(
  database: Knex,
  filters: PaymentFilters,
  pageSize: number
): AsyncGenerator<PaymentWithMoney[]> {
  let after = ""
  for (;;) {
    const rows = await matching(database, filters)
      .where("gateway_order.id", ">", after)
      .select("gateway_order.*")
      .orderBy("gateway_order.id")
      .limit(pageSize)
    const page = await withMoney(database, rows)
    const last = page.at(-1)
    if (last === undefined) {
      return
    }
    yield page
    after = last.id
  }
}

const paymentTotal = z.object({
  provider_id: z.string(),
  currency_code: z.string(),
  count: z.int(),
  ordered_amount: z.string(),
  received_amount: z.string(),
  refunded_amount: z.string(),
  charged_back_amount: z.string(),
})

type PaymentTotal = z.infer<typeof paymentTotal>

/**
 * What orders add up to, by provider and currency; exact, in major units. Money that came in another currency than
 * was ordered counts there, in a line of its own.
 */
export async function paymentTotals(
  database: Knex,
  filters: PaymentFilters
): Promise<PaymentTotal[]> {
  const rows = await withEntries(database, matching(database, filters).select("gateway_order.*"))
    .from(
      database.raw(`(
        select provider_id, currency_code, 1 as count, amount as ordered, 0 as received, 0 as refunded, 0 as charged_back
          from orders
        union all
        select provider_id, currency_code, 0, 0, received, refunded,
            case state when 'chargeback' then received else 0 end
          from money
      ) as lines`)
    )
    .groupBy("provider_id", "currency_code")
    .orderBy(["provider_id", "currency_code"])
    .select("provider_id", "currency_code")
    .select(
      // As text: a shop can have told the driver to turn numeric into floats.
      database.raw(`sum(count)::int as count, sum(ordered)::text as ordered_amount,
        sum(received)::text as received_amount, sum(refunded)::text as refunded_amount,
        sum(charged_back)::text as charged_back_amount`)
    )
  return rows.map((row: unknown) => readRow("gateway_order", paymentTotal, row))
}

const dayOfMoney = z.object({
  day: z.string(),
  provider_id: z.string(),
  currency_code: z.string(),
  amount: z.string(),
  count: z.int(),
})

type DayOfMoney = z.infer<typeof dayOfMoney>

type MoneyInDays = { from: Date; to: Date; timeZone: string }

/**
 * What came in, by the day on which it was proved, provider and currency; a day without money has no line. Of a
 * payment that was reserved first the capture counts, on the day when it was made. Nothing that was given back is
 * taken off.
 *
 * @param days from the moment `from` to the moment before `to`; a day, such as `2026-05-01`, is one of `timeZone`
 */
export async function moneyInByDay(
  database: Knex,
  filters: PaymentFilters,
  { from, to, timeZone }: MoneyInDays
): Promise<DayOfMoney[]> {
  const rows = await matching(database, filters)
    .join(
      database.raw(
        `(
        select order_reference, currency_code, amount, created_at as at from received_money
          where created_at >= :from and created_at < :to and not exists (
            select from gateway_operation capture
              where capture.order_reference = received_money.order_reference
                and capture.kind = 'capture' and capture.state = 'done'
          )
        union all
        select order_reference, currency_code, amount, updated_at from gateway_operation
          where updated_at >= :from and updated_at < :to and kind = 'capture' and state = 'done'
      ) as entries`,
        { from, to }
      ),
      "entries.order_reference",
      "gateway_order.reference"
    )
    .groupByRaw("1, 2, 3")
    .orderByRaw("1, 2, 3")
    .select(
      database.raw("to_char(entries.at at time zone ?, 'YYYY-MM-DD') as day", [timeZone]),
      "gateway_order.provider_id",
      "entries.currency_code"
    )
    .select(database.raw("sum(entries.amount)::text as amount, count(*)::int as count"))
  return rows.map((row: unknown) => readRow("received_money", dayOfMoney, row))
}

/** The moment at which the day of a moment began somewhere, or one so many days earlier. */
export async function startOfDay(
  database: Knex,
  { at, timeZone, daysEarlier }: { at: Date; timeZone: string; daysEarlier: number }
): Promise<Date> {
  // Days are counted there, because one can have 23 or 25 hours.
  const { rows } = await database.raw<{ rows: { start: string }[] }>(
    `select ((date_trunc('day', :at::timestamptz at time zone :timeZone) - make_interval(days => :daysEarlier))
      at time zone :timeZone)::text as start`,
    { at, timeZone, daysEarlier }
  )
  return new Date(rows[0]?.start ?? at)
}

/** The query of what the filters let through, to be told what to select. */
function matching(
  database: Knex,
  { belongsTo = [], search, created_at, updated_at, ...values }: PaymentFilters
): Knex.QueryBuilder {
  const query = database("gateway_order")
  for (const [column, value] of Object.entries(values)) {
    if (value !== undefined) {
      query.whereIn(`gateway_order.${column}`, [value].flat())
    }
  }
  within(query, "gateway_order.created_at", created_at)
  within(query, "gateway_order.updated_at", updated_at)
  for (const owners of belongsTo) {
    query.whereRaw(isAmong, [ownedBy(database, owners)])
  }
  if (search) {
    query.whereRaw(isAmong, [foundBy(database, search)])
  }
  return query
}

/** An array, which is made first: PostgreSQL would else look through all orders, newest first, for the few. */
const isAmong = "gateway_order.id = any(array ?)"

/** Ids of orders; each part of the union has an index of its own. */
function ownedBy(database: Knex, owners: Owners): Knex.QueryBuilder {
  const { customerIds, cartIds, collectionIds, sessionIds } = owners
  const ids = () => database("gateway_order").select("id")
  return database.union([
    ids().whereIn("customer_id", customerIds),
    ids().whereIn("cart_id", cartIds),
    ids().whereIn("payment_collection_id", collectionIds).whereNull("attached_session_id"),
    ids().whereIn("attached_session_id", sessionIds),
  ])
}

function foundBy(
  database: Knex,
  { text, owners }: NonNullable<PaymentFilters["search"]>
): Knex.QueryBuilder {
  const ids = () => database("gateway_order").select("id")
  const begins = `${text.replace(/[\\%_]/g, "\\$&")}%`
  return database.union([
    ids().whereLike("reference", begins.toUpperCase()),
    ids().whereLike("gateway_id", begins),
    ids().whereIn(
      "reference",
      database("received_money").whereLike("gateway_id", begins).select("order_reference")
    ),
    ids().whereIn(
      "reference",
      database("gateway_operation").whereLike("gateway_id", begins).select("order_reference")
    ),
    ids().whereIn(
      "reference",
      database("gateway_operation")
        .where({ reference: text.toUpperCase() })
        .select("order_reference")
    ),
    ids().where({ id: text }),
    ids().where({ cart_id: text }),
    ids().where({ customer_id: text }),
    ids().where({ session_id: text }),
    ids().where({ attached_session_id: text }),
    ownedBy(database, owners),
  ])
}

/** With the money of orders, which are in their order. */
async function withMoney(database: Knex, rows: readonly unknown[]): Promise<PaymentWithMoney[]> {
  const payments = rows.map(toGatewayOrder)
  if (payments.length === 0) {
    return []
  }
  const references = payments.map(({ reference }) => reference)
  const orders = database("gateway_order").whereIn("reference", references)
  const sums: unknown[] = await withEntries(database, orders.select("gateway_order.*"))
    .from("money")
    .select("reference", "currency_code")
    .select(
      database.raw(`received::text as received_amount, captured::text as captured_amount,
        refunded::text as refunded_amount`)
    )
  const known = new Map(
    sums
      .map((row) => readRow("gateway_order", moneyRow, row))
      .map(({ reference, currency_code, ...money }) => [`${reference} ${currency_code}`, money])
  )
  return payments.map((payment) => ({
    ...payment,
    ...(known.get(`${payment.reference} ${payment.currency_code}`) ?? nothingCame),
  }))
}

const moneyRow = z.object({
  reference: z.string(),
  currency_code: z.string(),
  received_amount: z.string(),
  captured_amount: z.string().nullable(),
  refunded_amount: z.string(),
})

const nothingCame: PaymentMoney = {
  received_amount: "0",
  captured_amount: null,
  refunded_amount: "0",
}

/** A query that has `orders`, and the `money` of each by currency, as tables to select from. */
function withEntries(database: Knex, orders: Knex.QueryBuilder): Knex.QueryBuilder {
  return database
    .with("orders", orders)
    .with(
      "entries",
      database.raw(`
        select order_reference, currency_code, amount as received, null as captured, null as refunded
          from received_money where order_reference in (select reference from orders)
        union all
        select order_reference, currency_code, null, case kind when 'capture' then amount end,
            case kind when 'refund' then amount end
          from gateway_operation
          where state = 'done' and kind in ('capture', 'refund') and order_reference in (select reference from orders)`)
    )
    .with(
      "money",
      database.raw(`
        select reference, provider_id, state, currency_code, received, captured,
            case state when 'refunded' then greatest(refunded, received) else refunded end as refunded
          from (
            select orders.reference, orders.provider_id, orders.state, entries.currency_code,
                coalesce(sum(captured), sum(received), 0) as received, sum(captured) as captured,
                coalesce(sum(refunded), 0) as refunded
              from orders join entries on entries.order_reference = orders.reference
              group by orders.reference, orders.provider_id, orders.state, entries.currency_code
          ) as sums`)
    )
}

/** What was sent, found and done about orders at gateways, for people to read; nothing here decides about money. */

const newestFirst = ["created_at", "id"].map((column) => ({ column, order: "desc" as const }))

/** The last messages about any of these references, newest first. */
export async function messagesAbout(
  database: Knex,
  references: readonly string[],
  atMost: number
): Promise<WebhookEventRow[]> {
  const rows = await database("webhook_event")
    .whereIn("reference", references)
    .orderBy(newestFirst)
    .limit(atMost)
  return rows.map(toWebhookEvent)
}

/** All entries of the list of payment exceptions about any of these references, newest first. */
export async function exceptionsAbout(
  database: Knex,
  references: readonly string[]
): Promise<PaymentException[]> {
  const rows = await database("payment_exception")
    .whereIn("reference", references)
    .orderBy(newestFirst)
  return rows.map(toPaymentException)
}

/** What people and the shop's code did about any of these rows, newest first. */
export async function auditLinesAbout(
  database: Knex,
  subjectIds: readonly string[]
): Promise<AuditLine[]> {
  const rows = await database("gateway_audit_line")
    .whereIn("subject_id", subjectIds)
    .orderBy(newestFirst)
  return rows.map((row) => toAuditLine("gateway_audit_line", row))
}
