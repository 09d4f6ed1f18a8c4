import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { eraseFromJournal } from "../repositories/customer-data"
import { PostgresExceptions } from "../repositories/exceptions"
import { PostgresJournal } from "../repositories/journal"
import {
  createJournalDatabase,
  type JournalDatabase,
  neverAsked,
  newException,
  newOrder,
  openedOrder,
  refundOf,
} from "./fixtures"

const customerId = "cus_ana"
const day = 24 * 60 * 60_000

describe("what the journal keeps of a customer", () => {
  let database: JournalDatabase
  let connection: Knex
  let journal: PostgresJournal
  const opened = new Date("2026-05-01T08:00:00Z")
  const later = new Date(opened.getTime() + 2 * day)

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(3)
    journal = new PostgresJournal(connection, () => opened)
  })

  afterAll(async () => {
    await database?.drop()
  })

  const details = {
    next_action: { type: "redirect", url: "https://pay.example/ana" },
    return_url: "https://shop.example/thanks?email=ana@example.com",
    gateway_data: { payment_type: "DB" },
  }

  async function paid(): Promise<string> {
    const reference = await openedOrder(journal, { customer_id: customerId, details })
    await journal.noteCandidateId(reference, "G-1")
    await journal.changeOrder(reference, { state: "paid", gateway_id: `G${reference}` })
    await connection("webhook_event").insert({
      id: `gwev_${reference}`,
      provider_id: "pp_acme_acme",
      event_key: reference,
      reference,
      raw_status: "PAID",
      is_later: false,
      body: { orderNo: reference, name: "***" },
      state: "done",
      attempts: 1,
      next_try_at: opened,
    })
    return reference
  }

  const erase = async (...references: string[]) =>
    await eraseFromJournal(connection, { customerId, references, now: later })

  const rowOf = async (reference: string) =>
    await connection("gateway_order").where({ reference }).first()

  it("is erased of a payment that is settled, and the books stay", async () => {
    const reference = await paid()
    const before = await rowOf(reference)
    expect(await erase(reference)).toEqual({ erased: [reference], underWay: [] })
    const { customer_id, candidate_ids, details, updated_at, ...books } = await rowOf(reference)
    expect({ customer_id, candidate_ids, details }).toEqual({
      customer_id: null,
      candidate_ids: null,
      details: { gateway_data: { payment_type: "DB" } },
    })
    expect(books).toEqual(
      Object.fromEntries(Object.keys(books).map((column) => [column, before[column]]))
    )
    expect(updated_at).toEqual(later)
    expect(await connection("webhook_event").where({ reference }).first()).toMatchObject({
      body: null,
      raw_status: "PAID",
      state: "done",
    })
  })

  it("stays of what is being paid or only reserved, and goes when the checkout was left for a day", async () => {
    const open = await openedOrder(journal, { customer_id: customerId, details })
    await journal.changeOrder(open, { state: "open" })
    const reserved = await openedOrder(journal, { customer_id: customerId, details })
    await journal.changeOrder(reserved, { state: "authorized" })
    const now = new Date(opened.getTime() + day / 2)
    const during = { customerId, references: [open, reserved], now }
    expect(await eraseFromJournal(connection, during)).toEqual({
      erased: [],
      underWay: [open, reserved],
    })
    expect(await rowOf(open)).toMatchObject({ customer_id: customerId, details })
    expect(await erase(open, reserved)).toEqual({ erased: [open], underWay: [reserved] })
  })

  it("stays of a pay code that can still be paid", async () => {
    const code = await openedOrder(journal, { customer_id: customerId, details })
    await journal.changeOrder(code, { state: "open", expires_at: new Date(later.getTime() + day) })
    expect(await erase(code)).toEqual({ erased: [], underWay: [code] })
  })

  it("stays while a refund's outcome is not known, or a person has to decide about the money", async () => {
    const refunding = await paid()
    await journal.beginOperation(refundOf(refunding), neverAsked)
    const waiting = await paid()
    const exceptions = new PostgresExceptions(connection)
    await exceptions.note(newException(waiting, { customer_id: customerId }))
    expect(await erase(refunding, waiting)).toEqual({
      erased: [],
      underWay: [refunding, waiting],
    })
    await connection("payment_exception").where({ reference: waiting }).update({ state: "closed" })
    expect(await erase(waiting)).toEqual({ erased: [waiting], underWay: [] })
    const entry = await connection("payment_exception").where({ reference: waiting }).first()
    expect(entry).toMatchObject({ customer_id: null, state: "closed" })
  })

  it("is nothing of anybody else's", async () => {
    const own = await paid()
    const { order } = await journal.openOrder(newOrder({ customer_id: "cus_bo", details }))
    await erase(own)
    expect(await rowOf(order.reference)).toMatchObject({ customer_id: "cus_bo", details })
  })
})
