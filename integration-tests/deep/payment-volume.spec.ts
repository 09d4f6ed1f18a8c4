import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  createJournalDatabase,
  type JournalDatabase,
} from "../../src/modules/payment-journal/__tests__/fixtures"
import {
  listPayments,
  moneyInByDay,
  type Owners,
  type PaymentFilters,
  type PaymentPage,
  paymentPages,
} from "../../src/modules/payment-journal/repositories/payment-queries"
import { scansOf, statementsWhile } from "./support/rows-read"

const volume = 200_000

const nobody: Owners = { customerIds: [], cartIds: [], collectionIds: [], sessionIds: [] }

const pageBy = (by: PaymentPage["order"]["by"], isDescending = true): PaymentPage => ({
  limit: 20,
  offset: 0,
  order: { by, isDescending },
})

/**
 * Of a shop that has had 200,000 orders at gateways: most of them paid, some open, a handful taken back by a bank; of
 * two gateways, of which one is hardly used.
 */
describe("the payments of a shop of years", () => {
  let database: JournalDatabase
  let connection: Knex

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(1)
    await connection.raw(
      `insert into gateway_order (id, reference, provider_id, session_id, payment_collection_id, cart_id, customer_id,
          requested_amount, raw_requested_amount, amount, raw_amount, currency_code, state, gateway_id,
          attached_session_id, created_at, updated_at)
        select 'gword_' || n, 'R' || n, case when n % 500 = 0 then 'pp_b' else 'pp_a' end, 'payses_' || n,
          'pay_col_' || n, 'cart_' || n, 'cus_' || n % 20000, n % 7919, '{"value":"1"}', n % 7919, '{"value":"1"}',
          case when n % 400 = 0 then 'usd' else 'php' end,
          case when n % 20000 = 0 then 'chargeback' when n % 5 = 0 then 'open' else 'paid' end, 'GW' || n,
          case when n % 1000 = 0 then 'payses_attached_' || n end,
          timestamptz '2024-01-01' + n * interval '5 minutes', timestamptz '2024-01-01' + n * interval '5 minutes'
        from generate_series(1, ?) as n`,
      [volume]
    )
    await connection.raw(
      `insert into received_money (id, provider_id, gateway_id, order_reference, amount, raw_amount, currency_code,
          created_at)
        select 'gwmon_' || reference, provider_id, 'M' || gateway_id, reference, amount, raw_amount, currency_code,
          created_at from gateway_order where state <> 'open'`
    )
    await connection.raw(
      `insert into gateway_operation (id, reference, order_reference, kind, amount, raw_amount, currency_code, state,
          gateway_id, lease_expires_at, created_at, updated_at)
        select 'gwop_' || reference, 'O' || reference, reference, 'refund', amount, raw_amount, currency_code, 'done',
          'F' || gateway_id, created_at, created_at, created_at from gateway_order where state = 'paid' and amount < 400`
    )
    await connection.raw("vacuum analyze gateway_order, received_money, gateway_operation")
  })

  afterAll(async () => {
    await database?.drop()
  })

  /**
   * How many rows of all tables, or of one, the database has looked at for what `work` asks it; the count of a list
   * left out.
   */
  async function rowsRead(work: () => Promise<unknown>, table?: string): Promise<number> {
    const asked = (await statementsWhile(connection, work)).filter(
      ({ sql }) => !sql.startsWith("select count(*)")
    )
    expect(asked.length).toBeGreaterThan(0)
    const scans = await Promise.all(asked.map((one) => scansOf(connection, one)))
    return scans
      .flat()
      .filter((scan) => table === undefined || scan.table === table)
      .reduce((total, { rows }) => total + rows, 0)
  }

  const filters: [string, PaymentFilters][] = [
    ["nothing", {}],
    ["a gateway", { provider_id: "pp_a" }],
    ["a gateway that is hardly used", { provider_id: "pp_b" }],
    ["a state", { state: "open" }],
    ["a rare state", { state: "chargeback" }],
    ["a currency", { currency_code: "usd" }],
    [
      "a gateway, a state and a currency",
      { provider_id: "pp_a", state: "paid", currency_code: "php" },
    ],
    ["a week", { created_at: { $gte: new Date("2025-03-01"), $lt: new Date("2025-03-08") } }],
    ["a cart", { cart_id: "cart_4711" }],
    ["a customer", { belongsTo: [{ ...nobody, customerIds: ["cus_4711"] }] }],
    ["an order", { belongsTo: [{ ...nobody, collectionIds: ["pay_col_4711"] }] }],
    ["where it was attached", { belongsTo: [{ ...nobody, sessionIds: ["payses_attached_5000"] }] }],
    ...["R123456", "R12345", "GW123456", "MGW123456", "FGW1202", "OR1202", "cart_77", "cus_77"].map(
      (text): [string, PaymentFilters] => [
        `a search for ${text}`,
        { search: { text, owners: { ...nobody, cartIds: ["cart_1"] } } },
      ]
    ),
  ]

  it.each(filters)("are found by %s without looking at all of them", async (_, filter) => {
    const { payments } = await listPayments(connection, filter, pageBy("created_at"))
    expect(payments.length).toBeGreaterThan(0)
    const read = await rowsRead(() => listPayments(connection, filter, pageBy("created_at")))
    expect(read).toBeLessThan(3_000)
  })

  it.each(["created_at", "updated_at", "amount"] as const)("are sorted by %s so", async (by) => {
    for (const isDescending of [true, false]) {
      const read = await rowsRead(() => listPayments(connection, {}, pageBy(by, isDescending)))
      expect(read).toBeLessThan(1_000)
    }
  })

  it("are written into a file page by page", async () => {
    const onePage = async () => {
      const pages = paymentPages(connection, { provider_id: "pp_a" }, 500)
      await pages.next()
      await pages.return(undefined)
    }
    expect(await rowsRead(onePage)).toBeLessThan(12_000)
  })

  it("have the money of a month added up from that month's alone", async () => {
    const days = {
      from: new Date("2025-03-01T00:00:00Z"),
      to: new Date("2025-04-01T00:00:00Z"),
      timeZone: "Asia/Manila",
    }
    expect(await moneyInByDay(connection, {}, days)).toHaveLength(32)
    const read = await rowsRead(() => moneyInByDay(connection, {}, days), "received_money")
    expect(read).toBeLessThan(10_000)
  })
})
