import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { PostgresJournal } from "../repositories/journal"
import { TillSales, type NewTillSale } from "../repositories/till-sales"
import { createJournalDatabase, type JournalDatabase, newOrder } from "./fixtures"

describe("the sales of the till", () => {
  let database: JournalDatabase
  let connection: Knex
  let sales: TillSales
  let elsewhere: TillSales

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(6)
    sales = new TillSales(connection)
    elsewhere = new TillSales(database.connect(3))
  })

  afterAll(async () => {
    await database?.drop()
  })

  const newSale = (change: Partial<NewTillSale> = {}): NewTillSale => ({
    idempotency_key: randomUUID(),
    provider_id: "pp_kess_till",
    order_id: `order_${randomUUID()}`,
    is_own_draft: true,
    opened_by: "user_1",
    ...change,
  })

  it("are opened once for a key, and once for an order while one of it is open", async () => {
    const sale = newSale()
    const [first, second] = await Promise.all([sales.open(sale), elsewhere.open(sale)])
    expect(second).toEqual(first)
    const atAnotherTill = await sales.open(
      newSale({ order_id: sale.order_id, opened_by: "user_2" })
    )
    expect(atAnotherTill).toEqual(first)

    expect(await sales.end(first.id, "canceled")).toBe(true)
    const later = await sales.open(newSale({ order_id: sale.order_id }))
    expect(later.id).not.toBe(first.id)
    expect(await sales.open(sale)).toMatchObject({ id: first.id, state: "canceled" })
  })

  it("give the right to charge a code to one of many who saw the same", async () => {
    const { id } = await sales.open(newSale())
    const claims = await Promise.all(
      Array.from({ length: 10 }, async (_, count) =>
        count % 2 === 0 ? await sales.claimAttempt(id, 0) : await elsewhere.claimAttempt(id, 0)
      )
    )
    expect(claims.filter((claim) => claim !== undefined)).toMatchObject([{ attempts: 1 }])
    expect(await sales.claimAttempt(id, 0)).toBeUndefined()
    expect(await sales.claimAttempt(id, 1)).toMatchObject({ attempts: 2 })
  })

  it("end once, and are charged and changed no more", async () => {
    const { id } = await sales.open(newSale())
    await sales.noteSession(id, "payses_1")
    await sales.noteProblem(id, "Out of stock")
    const ended = await Promise.all([sales.end(id, "done"), elsewhere.end(id, "canceled")])
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await sales.claimAttempt(id, 0)).toBeUndefined()
    await sales.noteSession(id, "payses_2")
    await sales.noteProblem(id, "Again")
    expect(await sales.find(id)).toMatchObject({ session_id: "payses_1", problem: null })
  })

  it("that are paid and open are found once nobody is at work on them", async () => {
    const journal = new PostgresJournal(connection)
    const paid = await sales.open(newSale())
    const unpaid = await sales.open(newSale())
    for (const [sale, state] of [
      [paid, "paid"],
      [unpaid, "failed"],
    ] as const) {
      const { order } = await journal.openOrder(newOrder())
      await journal.changeOrder(order.reference, { state: "open" })
      await journal.changeOrder(order.reference, { state })
      await sales.noteSession(sale.id, order.session_id)
    }
    const found = async (before: Date) => (await sales.paidAndOpen(before, 10)).map(({ id }) => id)
    expect(await found(new Date(Date.now() - 60_000))).toEqual([])
    expect(await found(new Date(Date.now() + 60_000))).toEqual([paid.id])
    const { order } = await journal.openOrder(newOrder())
    await journal.changeOrder(order.reference, { state: "open" })
    await journal.changeOrder(order.reference, { state: "paid" })
    const younger = await sales.open(newSale())
    await sales.noteSession(younger.id, order.session_id)
    await new TillSales(connection, () => new Date(Date.now() + 1_000)).noteTry(paid.id)
    expect(await found(new Date(Date.now() + 60_000))).toEqual([younger.id, paid.id])
    await sales.end(younger.id, "done")
    await sales.end(paid.id, "done")
    expect(await found(new Date(Date.now() + 60_000))).toEqual([])
  })
})
