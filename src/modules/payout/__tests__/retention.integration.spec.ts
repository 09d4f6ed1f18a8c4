import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { deleteSpentRows } from "../../../shared/retention"
import { payoutRetention } from "../retention"
import { createPayoutDatabase, type PayoutDatabase } from "./payout-database"

const now = new Date("2027-06-30T12:00:00Z")
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)

describe("how long payouts keep what", () => {
  let payouts: PayoutDatabase
  let database: Knex

  beforeAll(async () => {
    payouts = await createPayoutDatabase()
    database = payouts.connect(5)
  })

  afterAll(async () => await payouts?.drop())

  it("is decided for each of their tables", async () => {
    const tables: string[] = await database
      .withSchema("information_schema")
      .from("tables")
      .where({ table_schema: "public" })
      .whereLike("table_name", "payout\\_%")
      .pluck("table_name")
    expect(Object.keys(payoutRetention).sort()).toEqual(tables.sort())
  })

  it("is four hundred days for a file that made nothing and for a daily run, and for good for what was made", async () => {
    const imported = (id: string, status: string, made: number, created_at: Date) => ({
      id,
      status,
      made,
      created_at,
      digest: id,
      lines_digest: id,
      round: 1,
      allow_partial: false,
      total: 2,
      checked: 2,
      problems: "[]",
      known: "[]",
      created_by: "admin_1",
    })
    await database("payout_import").insert([
      imported("refused", "refused", 0, daysAgo(401)),
      imported("young", "refused", 0, daysAgo(399)),
      imported("made", "done", 2, daysAgo(401)),
      imported("at-work", "checking", 0, daysAgo(401)),
    ])
    await database("payout_daily_run").insert(
      [401, 399].map((days) => ({
        id: `run-${days}`,
        kind: "digest",
        day: `day-${days}`,
        started_at: daysAgo(days),
      }))
    )
    const deleted = await deleteSpentRows(database, payoutRetention, now)
    expect(Object.fromEntries(deleted)).toEqual({ payout_import: 1, payout_daily_run: 1 })
    expect(await database("payout_import").orderBy("id").pluck("id")).toEqual([
      "at-work",
      "made",
      "young",
    ])
  })
})
