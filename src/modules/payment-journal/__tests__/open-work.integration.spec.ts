import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { problemsIn, readOpenWork } from "../repositories/open-work"
import { PostgresInbox } from "../repositories/inbox"
import { nothingCounted, ReconciliationRuns } from "../repositories/runs"
import { createJournalDatabase, type JournalDatabase } from "./fixtures"

describe("what is open in the journal", () => {
  let database: JournalDatabase
  let connection: Knex

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(2)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    for (const table of [
      "webhook_event",
      "gateway_operation",
      "payment_exception",
      "reconciliation_run",
    ]) {
      await connection(table).delete()
    }
  })

  /** Of the database's clock. */
  const ago = (minutes: number) =>
    connection.raw("now() - ? * interval '1 minute'", [String(minutes)])

  async function reconcile(minutesAgo = 0): Promise<void> {
    const runs = new ReconciliationRuns(connection)
    const id = await runs.begin()
    await runs.end(id, nothingCounted, null)
    await connection("reconciliation_run")
      .where({ id })
      .update({ started_at: ago(minutesAgo) })
  }

  async function receive(key: string): Promise<string> {
    const { event } = await new PostgresInbox(connection).receive({
      provider_id: "pp_acme_acme",
      event_key: key,
      reference: "R1",
      raw_status: "success",
      gateway_id: null,
      is_later: false,
      claimed_amount: null,
      body: null,
    })
    return event.id
  }

  async function operation(reference: string, state: string, minutesAgo: number): Promise<void> {
    await connection("gateway_operation").insert({
      id: `gwop_${reference}`,
      reference,
      order_reference: "R1",
      kind: "refund",
      amount: 1,
      raw_amount: { value: "1" },
      currency_code: "php",
      state,
      lease_expires_at: ago(0),
      created_at: ago(minutesAgo),
    })
  }

  const problems = async () => problemsIn(await readOpenWork(connection))

  it("is nothing in a shop that keeps up", async () => {
    await reconcile()
    await receive("fresh")
    await operation("O1", "done", 9_999)
    await operation("O2", "unknown", 10)
    expect(await readOpenWork(connection)).toMatchObject({
      messages_waiting: 1,
      messages_dead: 0,
      operations_open: 1,
    })
    expect(await problems()).toEqual([])
  })

  it("is a problem before the reconciliation ran at all, and where it stopped", async () => {
    expect(await problems()).toEqual(["reconciliation_late"])
    await reconcile(11)
    expect(await problems()).toEqual(["reconciliation_late"])
    await reconcile(9)
    expect(await problems()).toEqual([])
  })

  it("is a problem where a message's time came minutes ago, and not where its next try is to come", async () => {
    await reconcile()
    const id = await receive("late")
    const dueAt = async (minutes: number) =>
      await connection("webhook_event")
        .where({ id })
        .update({ next_try_at: ago(minutes) })
    await dueAt(6)
    expect(await problems()).toEqual(["messages_late"])
    await dueAt(-60)
    expect(await readOpenWork(connection)).toMatchObject({
      messages_waiting: 1,
      messages_due_since: null,
    })
    expect(await problems()).toEqual([])
  })

  it("is a problem where a message was given up, until it is replayed", async () => {
    await reconcile()
    const id = await receive("dead")
    await connection("webhook_event").where({ id }).update({ state: "dead" })
    expect(await problems()).toEqual(["messages_dead"])
    await new PostgresInbox(connection).revive(id)
    expect(await problems()).toEqual([])
  })

  it("is a problem where a gateway has not told for a day what became of an operation", async () => {
    await reconcile()
    await operation("O1", "intended", 24 * 60 + 1)
    await operation("O2", "declined", 99_999)
    expect(await problems()).toEqual(["operations_late"])
  })

  it("counts what waits for a person by kind, which is no problem of the servers'", async () => {
    await reconcile()
    const row = (reference: string, kind: string, state: string) => ({
      id: `gwexc_${reference}_${kind}_${state}`,
      provider_id: "pp_acme_acme",
      reference,
      kind,
      state,
      amount: 1,
      raw_amount: { value: "1" },
      currency_code: "php",
      received_amount: 1,
      raw_received_amount: { value: "1" },
      expected_amount: 1,
      raw_expected_amount: { value: "1" },
      expected_currency_code: "php",
      session_id: "payses_1",
    })
    await connection("payment_exception").insert([
      row("R1", "paid_twice", "open"),
      row("R2", "paid_twice", "open"),
      row("R3", "paid_twice", "closed"),
      row("R3", "refund_due", "open"),
    ])
    const { exceptions } = await readOpenWork(connection)
    expect([...exceptions].filter(([, number]) => number > 0)).toEqual([
      ["paid_twice", 2],
      ["refund_due", 1],
    ])
    expect(exceptions.get("too_much")).toBe(0)
    expect(await problems()).toEqual([])
  })

  it("is looked up without going through what is finished", async () => {
    await connection.raw(
      `insert into gateway_operation (id, reference, order_reference, kind, amount, raw_amount, currency_code, state,
          lease_expires_at) select 'gwop_n' || n, 'N' || n, 'R', 'refund', 1, '{"value":"1"}', 'php', 'done', now()
        from generate_series(1, 20000) as n`
    )
    await connection.raw(
      `insert into webhook_event (id, provider_id, event_key, reference, raw_status, is_later, state, attempts, next_try_at)
        select 'gwev_n' || n, 'pp_acme_acme', 'K' || n, 'R' || n, 'success', false, 'done', 1, now()
        from generate_series(1, 20000) as n`
    )
    await connection.raw("vacuum analyze gateway_operation, webhook_event")
    const asked: { sql: string; bindings: unknown[] }[] = []
    connection.on("query", (query: { sql: string; bindings: unknown[] }) => asked.push(query))
    await readOpenWork(connection)
    connection.removeAllListeners("query")
    const plans = await Promise.all(
      asked.map(async ({ sql, bindings }) => {
        const text = `explain ${sql.replace(/\$\d+/g, "?")}`
        const { rows } = await connection.raw<{ rows: unknown[] }>(
          text,
          bindings as Knex.RawBinding[]
        )
        return JSON.stringify(rows)
      })
    )
    expect(plans.length).toBe(2)
    expect(plans.join()).not.toMatch(/Seq Scan on (gateway_operation|webhook_event)/)
  })
})
