import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { nothingCounted, ReconciliationRuns } from "../repositories/runs"
import { createJournalDatabase, type JournalDatabase, ManualClock } from "./fixtures"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe("ReconciliationRuns", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let connection: Knex
  let runs: ReconciliationRuns

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(2)
    runs = new ReconciliationRuns(connection, clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    await connection("reconciliation_run").delete()
  })

  const kept = async () => await connection("reconciliation_run").orderBy("started_at").pluck("id")

  async function ran(checked: number, errors = 0): Promise<string> {
    const id = await runs.begin()
    clock.advance(1_000)
    await runs.end(id, { ...nothingCounted, checked, errors }, null)
    return id
  }

  it("shows Medusa's queries a run that is at work, and what it came to", async () => {
    const startedAt = clock.now()
    const id = await runs.begin()
    const read = async () =>
      (await database.query.graph({ entity: "reconciliation_run", fields: ["*"], filters: { id } }))
        .data[0]
    expect(await read()).toMatchObject({ started_at: startedAt, ended_at: null, checked: 0 })
    await runs.count(id, { ...nothingCounted, checked: 2 })
    expect(await read()).toMatchObject({ ended_at: null, checked: 2 })
    clock.advance(2_000)
    const counts = { ...nothingCounted, checked: 3, settled: 1, errors: 1 }
    await runs.end(id, counts, "the gateway is away")
    expect(await read()).toMatchObject({
      ...counts,
      started_at: startedAt,
      ended_at: clock.now(),
      error: "the gateway is away",
    })
  })

  it("does not count on after a run has ended", async () => {
    const id = await ran(5)
    await runs.count(id, { ...nothingCounted, checked: 2 })
    expect(await connection("reconciliation_run").where({ id }).first()).toMatchObject({
      checked: 5,
    })
  })

  it("keeps of the runs that found nothing to do only the last, and those that have just ended", async () => {
    const busy = await ran(5)
    await ran(0)
    await ran(0)
    clock.advance(10 * minute)
    const startedByHand = await ran(0)
    const last = await ran(0)
    expect(await kept()).toEqual([busy, startedByHand, last])
  })

  it("keeps one in which something went wrong, although it came to nothing", async () => {
    const wrong = await ran(0, 1)
    const last = await ran(0)
    expect(await kept()).toEqual([wrong, last])
  })

  it("keeps one whose server died, and one that is still at work", async () => {
    const unended = await runs.begin()
    clock.advance(1_000)
    const last = await ran(1)
    expect(await kept()).toEqual([unended, last])
  })

  it("forgets what is older than a month", async () => {
    await ran(1)
    clock.advance(31 * day)
    const last = await ran(1)
    expect(await kept()).toEqual([last])
  })
})
