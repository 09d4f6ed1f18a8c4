import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns } from "../../../shared/database"
import { deleteSpentRows } from "../../../shared/retention"
import { journalRetention } from "../retention"
import { createJournalDatabase, type JournalDatabase } from "./fixtures"

const now = new Date("2027-06-30T12:00:00Z")
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)

describe("how long the journal keeps what", () => {
  let journal: JournalDatabase
  let database: Knex

  beforeAll(async () => {
    journal = await createJournalDatabase()
    database = journal.connect(5)
  })

  afterAll(async () => await journal?.drop())

  const deleteSpent = async () => await deleteSpentRows(database, journalRetention, now)

  it("is decided for each of its tables", async () => {
    const tables: string[] = await database
      .withSchema("information_schema")
      .from("tables")
      .where({ table_schema: "public" })
      .whereNot({ table_name: "mikro_orm_migrations" })
      .pluck("table_name")
    expect(Object.keys(journalRetention).sort()).toEqual(tables.sort())
  })

  it("is for good where money came or was looked for, and four hundred days for a checkout that came to nothing", async () => {
    const old = daysAgo(401)
    await openOrder("spent", { state: "expired", updated_at: old })
    await openOrder("refused", { state: "refused", updated_at: old })
    await openOrder("young", { state: "expired", updated_at: daysAgo(399) })
    await openOrder("paid", { state: "paid", updated_at: old })
    await openOrder("refunded", { state: "refunded", updated_at: old })
    await openOrder("still-asked", { state: "failed", updated_at: old, next_check_at: now })
    await openOrder("attached", { state: "failed", updated_at: old, attached_session_id: "ps_1" })
    await openOrder("awaited", { state: "expired", updated_at: old, awaiting_payment_since: old })
    await openOrder("charged", { state: "failed", updated_at: old })
    await database("gateway_operation").insert({
      id: "gwop_1",
      reference: "charged-1",
      order_reference: "charged",
      kind: "charge",
      ...amountColumns("amount", "1.00"),
      currency_code: "php",
      state: "declined",
      made_elsewhere: false,
      lease_expires_at: old,
    })
    await openOrder("received", { state: "canceled", updated_at: old })
    await database("received_money").insert({
      id: "gwmon_1",
      provider_id: "pp_acme",
      gateway_id: "1",
      order_reference: "received",
      ...amountColumns("amount", "1.00"),
      currency_code: "php",
    })
    expect(Object.fromEntries(await deleteSpent())).toEqual({ gateway_order: 2 })
    const kept: string[] = await database("gateway_order").orderBy("reference").pluck("reference")
    expect(kept).toEqual([
      "attached",
      "awaited",
      "charged",
      "paid",
      "received",
      "refunded",
      "still-asked",
      "young",
    ])
  })

  it("is four hundred days for a message that was worked on, and for good for one that waits for somebody", async () => {
    const message = (id: string, state: string, created_at: Date) => ({
      id,
      state,
      created_at,
      provider_id: "pp_acme",
      event_key: id,
      reference: id,
      raw_status: "PAID",
      is_later: false,
      attempts: 1,
      next_try_at: created_at,
    })
    await database("webhook_event").insert([
      message("spent", "done", daysAgo(401)),
      message("young", "done", daysAgo(399)),
      message("dead", "dead", daysAgo(401)),
      message("waiting", "waiting", daysAgo(401)),
    ])
    expect(Object.fromEntries(await deleteSpent())).toEqual({ webhook_event: 1 })
    expect(await database("webhook_event").orderBy("id").pluck("id")).toEqual([
      "dead",
      "waiting",
      "young",
    ])
  })

  it("is a time for runs, leases, tokens and hosts that were away, after their end", async () => {
    const [old, young] = [daysAgo(31), daysAgo(0.5)]
    const run = { checked: 1, settled: 0, failed: 0, unmatched: 0, errors: 0, given_up: 0 }
    for (const [name, at] of [
      ["old", old],
      ["young", young],
    ] as const) {
      await database("reconciliation_run").insert({ id: name, started_at: at, ...run })
      await database("gateway_lease").insert({ key: name, owner: "gone", expires_at: at })
      await database("gateway_access_token").insert({ key: name, encrypted: "x", expires_at: at })
      await database("gateway_host_pause").insert({ origin: name, until: at, last_reason: "reset" })
    }
    expect(Object.fromEntries(await deleteSpent())).toEqual({
      reconciliation_run: 1,
      gateway_lease: 1,
      gateway_access_token: 1,
      gateway_host_pause: 1,
    })
    expect(await database("gateway_lease").pluck("key")).toEqual(["young"])
  })

  it("is as short for thousands of rows, which are deleted a thousand at a time", async () => {
    await database.raw(
      `insert into gateway_lease (key, owner, expires_at)
        select 'many-' || n, 'gone', ? from generate_series(1, 2500) n`,
      [daysAgo(31)]
    )
    expect(Object.fromEntries(await deleteSpent())).toEqual({ gateway_lease: 2500 })
  })

  async function openOrder(
    reference: string,
    change: { state: string; updated_at: Date } & Record<string, unknown>
  ): Promise<void> {
    await database("gateway_order").insert({
      id: `gwor_${reference}`,
      reference,
      provider_id: "pp_acme",
      session_id: `ps_${reference}`,
      ...amountColumns("requested_amount", "1.00"),
      ...amountColumns("amount", "1.00"),
      currency_code: "php",
      ...change,
    })
  }
})
