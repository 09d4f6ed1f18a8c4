import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Cursor } from "../repositories/cursors"
import { providersToReconcile } from "../repositories/open-work"
import { PostgresExceptions } from "../repositories/exceptions"
import { PostgresJournal } from "../repositories/journal"
import { ReconciliationRuns } from "../repositories/runs"
import { TillSales } from "../repositories/till-sales"
import { z } from "zod"
import { createJournalDatabase, type JournalDatabase, newOrder } from "./fixtures"

describe("the providers that a reconciliation is due for", () => {
  let database: JournalDatabase
  let connection: Knex
  let journal: PostgresJournal
  let ledger: Cursor<string>
  const order = newOrder()
  const { provider_id, reference } = order
  const due = async (ids: readonly string[] = [provider_id, "pp_idle"]) =>
    await providersToReconcile(connection, ids)
  const past = new Date(Date.now() - 60_000)

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(2)
    journal = new PostgresJournal(connection)
    ledger = new Cursor(connection, { name: "ledger", place: z.string() })
    await journal.openOrder(order)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    await connection("reconciliation_run").delete()
    await connection("gateway_cursor").delete()
    await journal.scheduleOrderCheck(reference, null)
    await new ReconciliationRuns(connection).begin()
    await ledger.claim(provider_id, "start", 60_000)
    await ledger.claim("pp_idle", "start", 60_000)
    expect(await due()).toBeUndefined()
  })

  it("are all of them where the last run was long ago, whatever else there is", async () => {
    await connection("reconciliation_run").update({ started_at: new Date(Date.now() - 301_000) })
    expect(await due()).toEqual([provider_id, "pp_idle"])
    expect(await due([])).toEqual([])
  })

  it("are told by an order, once its time has come, and while the shop lists its provider", async () => {
    await journal.scheduleOrderCheck(reference, new Date(Date.now() + 60_000))
    expect(await due()).toBeUndefined()
    await journal.scheduleOrderCheck(reference, past)
    expect(await due()).toEqual([provider_id])
    expect(await due(["pp_idle"])).toBeUndefined()
  })

  it("are told by a refund that nobody is at work on", async () => {
    await journal.changeOrder(reference, { state: "paid" })
    await journal.scheduleOrderCheck(reference, null)
    const intent = { kind: "refund", order_reference: reference, amount: "1" } as const
    const started = await journal.beginOperation(
      { ...intent, currency_code: "php", medusa_id: "ref_1", lease_ms: 60_000, limit: "100" },
      async () => []
    )
    expect(started.type).toBe("begun")
    await connection("gateway_operation").update({ next_check_at: past })
    expect(await due()).toBeUndefined()
    await connection("gateway_operation").update({ lease_expires_at: past })
    expect(await due()).toEqual([provider_id])
    await connection("gateway_operation").update({ next_check_at: null })
  })

  it("are told by an exception that nobody was told of", async () => {
    const exceptions = new PostgresExceptions(connection)
    const { payment } = await exceptions.note({
      provider_id,
      reference,
      gateway_id: null,
      kind: "paid_twice",
      amount: "1",
      currency_code: "php",
      received_amount: "1",
      expected_amount: "1",
      expected_currency_code: "php",
      cart_id: null,
      customer_id: null,
      session_id: order.session_id,
      order_id: null,
      payment_id: null,
    })
    expect(await due()).toEqual([provider_id])
    await exceptions.markTold(payment.id)
    expect(await due()).toBeUndefined()
  })

  it("are told by a list that is to be read on", async () => {
    await ledger.moveOn(provider_id, "start", "next", past)
    expect(await due()).toEqual([provider_id])
  })

  it("are told by their being new to the shop", async () => {
    expect(await due([provider_id, "pp_new"])).toEqual(["pp_new"])
  })

  it("are told by a sale at the till that was paid and has not ended", async () => {
    const sales = new TillSales(connection)
    const sale = await sales.open({
      idempotency_key: "key",
      provider_id,
      order_id: "order_1",
      is_own_draft: false,
      opened_by: "user_1",
    })
    expect(await due()).toBeUndefined()
    await sales.noteSession(sale.id, order.session_id)
    expect(await due()).toEqual([provider_id])
    await sales.end(sale.id, "done")
    expect(await due()).toBeUndefined()
  })
})
