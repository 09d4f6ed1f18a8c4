import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  createJournalDatabase,
  type JournalDatabase,
  newMoney,
  newOrder,
  refundOf,
} from "./fixtures"
import { neverAsked, expectOperation, newSessionId } from "./fixtures"
import type { NewGatewayOrder } from "../gateway-order"
import { PostgresJournal } from "../repositories/journal"
import {
  listPayments,
  moneyInByDay,
  type Owners,
  type PaymentFilters,
  type PaymentPage,
  paymentPages,
  paymentTotals,
  startOfDay,
} from "../repositories/payment-queries"

const firstPage: PaymentPage = {
  limit: 20,
  offset: 0,
  order: { by: "created_at", isDescending: true },
}

const nobody: Owners = { customerIds: [], cartIds: [], collectionIds: [], sessionIds: [] }

const manila = "Asia/Manila"

describe("the payments of gateways as people look for them", () => {
  let database: JournalDatabase
  let connection: Knex
  let journal: PostgresJournal
  let time = new Date("2026-05-01T08:00:00Z")

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(3)
    journal = new PostgresJournal(connection, () => time)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    time = new Date("2026-05-01T08:00:00Z")
    for (const table of ["gateway_order", "received_money", "gateway_operation"]) {
      await connection(table).truncate()
    }
  })

  /** An order that was opened, and paid where `paid` says how much. */
  async function opened(
    change: Partial<NewGatewayOrder> = {},
    { paid, gatewayId }: { paid?: string; gatewayId?: string } = {}
  ): Promise<string> {
    const { order } = await journal.openOrder(newOrder(change))
    const { reference, provider_id, currency_code } = order
    if (paid !== undefined) {
      const id = gatewayId ?? `G${reference}`
      await journal.changeOrder(reference, { state: "paid", gateway_id: id, raw_status: "SUCCESS" })
      await journal.receiveMoney(
        newMoney(reference, { provider_id, currency_code, amount: paid, gateway_id: id })
      )
    }
    return reference
  }

  async function refunded(reference: string, amount: string): Promise<string> {
    const start = await journal.beginOperation(refundOf(reference, { amount }), neverAsked)
    const { operation } = expectOperation(start)
    await journal.settleOperation(operation.reference, { state: "done", gateway_id: "RF-1" })
    return operation.reference
  }

  async function found(filters: PaymentFilters): Promise<string[]> {
    const { payments, count } = await listPayments(connection, filters, firstPage)
    expect(count).toBe(payments.length)
    return payments.map(({ reference }) => reference)
  }

  const searching = (text: string, owners: Partial<Owners> = {}) =>
    found({ search: { text, owners: { ...nobody, ...owners } } })

  describe("a list", () => {
    it("tells what came, was captured and was given back, to the last digit", async () => {
      const paid = await opened(
        { amount: "12345678901234567890.12" },
        { paid: "12345678901234567890.12" }
      )
      await refunded(paid, "0.10")
      await refunded(paid, "0.20")
      const { payments } = await listPayments(connection, {}, firstPage)
      expect(payments).toMatchObject([
        {
          reference: paid,
          state: "paid",
          raw_status: "SUCCESS",
          amount: "12345678901234567890.12",
          received_amount: "12345678901234567890.12",
          captured_amount: null,
          refunded_amount: "0.30",
        },
      ])
    })

    it("counts of a reservation what was captured, and not what the gateway says again later", async () => {
      const reference = await opened({ amount: "100.00" })
      await journal.changeOrder(reference, { state: "authorized" })
      const capture = refundOf(reference, { kind: "capture", amount: "60.00" })
      const { operation } = expectOperation(await journal.beginOperation(capture, neverAsked))
      await journal.settleOperation(operation.reference, { state: "done" })
      await journal.changeOrder(reference, { state: "paid" })
      await journal.receiveMoney(newMoney(reference, { amount: "60.00" }))
      const { payments } = await listPayments(connection, {}, firstPage)
      expect(payments).toMatchObject([{ received_amount: "60.00", captured_amount: "60.00" }])
    })

    it("adds up what came in parts, and leaves out what was never sent or was declined", async () => {
      const reference = await opened({}, { paid: "50.00" })
      await journal.receiveMoney(newMoney(reference, { amount: "61.99", gateway_id: "part-2" }))
      const start = await journal.beginOperation(refundOf(reference), neverAsked)
      await journal.settleOperation(expectOperation(start).operation.reference, {
        state: "declined",
      })
      const { payments } = await listPayments(connection, {}, firstPage)
      expect(payments).toMatchObject([{ received_amount: "111.99", refunded_amount: "0" }])
    })

    it("takes the gateway's word that all was given back, though no refund was made here", async () => {
      const reference = await opened({}, { paid: "111.99" })
      await journal.changeOrder(reference, { state: "refunded" })
      const { payments } = await listPayments(connection, {}, firstPage)
      expect(payments).toMatchObject([{ received_amount: "111.99", refunded_amount: "111.99" }])
    })

    it("has its pages in the order that was asked for, each row once", async () => {
      const references = []
      for (let index = 0; index < 5; index += 1) {
        references.push(await opened({ amount: `${9 - index}.00` }))
        time = new Date(time.getTime() + (index % 2) * 1_000)
      }
      const pages = async (order: PaymentPage["order"]) =>
        (
          await Promise.all(
            [0, 2, 4].map((offset) => listPayments(connection, {}, { limit: 2, offset, order }))
          )
        ).flatMap(({ payments }) => payments.map(({ reference }) => reference))
      expect(await pages({ by: "amount", isDescending: true })).toEqual(references)
      expect(await pages({ by: "amount", isDescending: false })).toEqual([...references].reverse())
      const newest = await pages({ by: "created_at", isDescending: true })
      expect([...newest].sort()).toEqual([...references].sort())
      expect(newest[0]).toBe(references[4])
    })
  })

  describe("a filter", () => {
    it("lets through one value or several, and all of them must agree", async () => {
      const php = await opened({ provider_id: "pp_a" }, { paid: "111.99" })
      const pkr = await opened({ provider_id: "pp_b", currency_code: "pkr" })
      const other = await opened({ provider_id: "pp_b" })
      expect(await found({ provider_id: "pp_a" })).toEqual([php])
      expect((await found({ provider_id: ["pp_a", "pp_b"] })).sort()).toEqual(
        [php, pkr, other].sort()
      )
      expect(await found({ provider_id: "pp_b", currency_code: "pkr" })).toEqual([pkr])
      expect(await found({ state: "paid" })).toEqual([php])
      expect(await found({ state: "paid", currency_code: "pkr" })).toEqual([])
    })

    it("bounds the time of opening on both sides", async () => {
      const early = await opened()
      time = new Date("2026-05-02T00:00:00Z")
      const late = await opened()
      expect(await found({ created_at: { $lt: time } })).toEqual([early])
      expect(await found({ created_at: { $gte: time } })).toEqual([late])
    })

    it("finds by what it belongs to, and what was attached by where it went", async () => {
      const customers = await opened({ customer_id: "cus_1" })
      const collections = await opened({ payment_collection_id: "pay_col_1" })
      const attached = await opened({
        payment_collection_id: "pay_col_1",
        attached_session_id: "payses_attached",
      })
      const of = (owners: Partial<Owners>) => found({ belongsTo: [{ ...nobody, ...owners }] })
      expect(await of({ customerIds: ["cus_1"] })).toEqual([customers])
      expect(await of({ collectionIds: ["pay_col_1"] })).toEqual([collections])
      expect(await of({ sessionIds: ["payses_attached"] })).toEqual([attached])
      expect(await of({})).toEqual([])
    })
  })

  describe("a search", () => {
    it("finds by the beginning of our number and of each of the gateway's", async () => {
      const session_id = newSessionId()
      const reference = await opened({ session_id }, { paid: "111.99", gatewayId: "MC-778812" })
      const refund = await refunded(reference, "5.00")
      await opened()
      for (const text of [
        reference,
        reference.toLowerCase(),
        "MC-7788",
        refund,
        refund.toLowerCase(),
        "RF-1",
        session_id,
      ]) {
        expect([text, await searching(text)]).toEqual([text, [reference]])
      }
    })

    it("finds by the number of a part that was paid, and by what the shop says it belongs to", async () => {
      const reference = await opened({ customer_id: "cus_2" }, { paid: "50.00" })
      await journal.receiveMoney(newMoney(reference, { amount: "61.99", gateway_id: "part-2" }))
      expect(await searching("part-2")).toEqual([reference])
      expect(await searching("cus_2")).toEqual([reference])
      expect(await searching("ana@shop.example", { customerIds: ["cus_2"] })).toEqual([reference])
    })

    it.each(["%", "_", "\\", "MC%", "' or 1=1 --"])("takes %j as it is written", async (text) => {
      await opened({}, { paid: "111.99", gatewayId: "MC-1" })
      expect(await searching(text)).toEqual([])
    })
  })

  it("goes through all pages of an export once, whatever is opened meanwhile", async () => {
    const references = []
    for (let index = 0; index < 5; index += 1) {
      references.push(await opened({ provider_id: "pp_a" }))
      await opened({ provider_id: "pp_b" })
    }
    const sizes: number[] = []
    const seen: string[] = []
    for await (const page of paymentPages(connection, { provider_id: "pp_a" }, 2)) {
      sizes.push(page.length)
      seen.push(...page.map(({ reference }) => reference))
      await connection("gateway_order")
        .where({ reference: references[4] })
        .update({ updated_at: time })
    }
    expect(sizes).toEqual([2, 2, 1])
    expect(seen.sort()).toEqual(references.sort())
  })

  it("adds up by gateway and currency what was ordered, came, went back and was taken back", async () => {
    const one = await opened({ provider_id: "pp_a", amount: "0.10" }, { paid: "0.10" })
    await opened({ provider_id: "pp_a", amount: "0.20" }, { paid: "0.20" })
    await opened({ provider_id: "pp_a", amount: "5.00" })
    await refunded(one, "0.05")
    const back = await opened({ provider_id: "pp_b", amount: "7.00" }, { paid: "7.00" })
    await journal.changeOrder(back, { state: "chargeback" })
    await journal.receiveMoney(
      newMoney(one, {
        provider_id: "pp_a",
        currency_code: "usd",
        amount: "3.00",
        gateway_id: "usd",
      })
    )
    expect(await paymentTotals(connection, {})).toEqual([
      {
        provider_id: "pp_a",
        currency_code: "php",
        count: 3,
        ordered_amount: "5.30",
        received_amount: "0.30",
        refunded_amount: "0.05",
        charged_back_amount: "0",
      },
      {
        provider_id: "pp_a",
        currency_code: "usd",
        count: 0,
        ordered_amount: "0",
        received_amount: "3.00",
        refunded_amount: "0",
        charged_back_amount: "0",
      },
      {
        provider_id: "pp_b",
        currency_code: "php",
        count: 1,
        ordered_amount: "7.00",
        received_amount: "7.00",
        refunded_amount: "0",
        charged_back_amount: "7.00",
      },
    ])
    expect(await paymentTotals(connection, { state: "expired" })).toEqual([])
  })

  describe("money in by day", () => {
    const may = { from: new Date("2026-04-30T16:00:00Z"), to: new Date("2026-05-31T16:00:00Z") }

    it("counts money on the day that it was there, not in London", async () => {
      time = new Date("2026-05-01T15:59:00Z") // 23:59 in Manila
      await opened({}, { paid: "1.10" })
      time = new Date("2026-05-01T16:01:00Z") // the next day there
      await opened({}, { paid: "2.20" })
      await opened({}, { paid: "0.30" })
      const days = (timeZone: string) => moneyInByDay(connection, {}, { ...may, timeZone })
      expect(await days(manila)).toMatchObject([
        { day: "2026-05-01", amount: "1.10", count: 1 },
        { day: "2026-05-02", amount: "2.50", count: 2 },
      ])
      expect(await days("UTC")).toMatchObject([{ day: "2026-05-01", amount: "3.60", count: 3 }])
    })

    it("counts a reservation when it was captured, once", async () => {
      const reference = await opened({ amount: "100.00" })
      await journal.changeOrder(reference, { state: "authorized" })
      time = new Date("2026-05-03T08:00:00Z")
      const capture = refundOf(reference, { kind: "capture", amount: "60.00" })
      const { operation } = expectOperation(await journal.beginOperation(capture, neverAsked))
      await journal.settleOperation(operation.reference, { state: "done" })
      time = new Date("2026-05-04T08:00:00Z")
      await journal.receiveMoney(newMoney(reference, { amount: "60.00" }))
      expect(await moneyInByDay(connection, {}, { ...may, timeZone: manila })).toEqual([
        {
          day: "2026-05-03",
          provider_id: "pp_acme_acme",
          currency_code: "php",
          amount: "60.00",
          count: 1,
        },
      ])
    })

    it("is of the filtered payments alone, and of the days that were asked for", async () => {
      time = new Date("2026-04-01T08:00:00Z")
      await opened({}, { paid: "1.00" })
      time = new Date("2026-05-05T08:00:00Z")
      await opened({ provider_id: "pp_a" }, { paid: "2.00" })
      await opened({ provider_id: "pp_b" }, { paid: "4.00" })
      const filters = { provider_id: "pp_b" }
      expect(await moneyInByDay(connection, filters, { ...may, timeZone: manila })).toMatchObject([
        { provider_id: "pp_b", amount: "4.00" },
      ])
    })

    it("begins its days where the place does, also where one has 23 hours", async () => {
      const start = (text: string, timeZone: string, daysEarlier: number) =>
        startOfDay(connection, { at: new Date(text), timeZone, daysEarlier })
      expect(await start("2026-05-01T16:30:00Z", manila, 0)).toEqual(
        new Date("2026-05-01T16:00:00Z")
      )
      // Zagreb's clocks were set forward on 29 March 2026.
      expect(await start("2026-03-30T10:00:00Z", "Europe/Zagreb", 0)).toEqual(
        new Date("2026-03-29T22:00:00Z")
      )
      expect(await start("2026-03-30T10:00:00Z", "Europe/Zagreb", 1)).toEqual(
        new Date("2026-03-28T23:00:00Z")
      )
    })
  })
})
