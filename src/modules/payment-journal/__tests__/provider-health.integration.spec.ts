import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ProviderHealth, recentMessages } from "../repositories/provider-health"
import { createJournalDatabase, type JournalDatabase, ManualClock } from "./fixtures"

const provider = "pp_acme_main"

describe("ProviderHealth", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let connection: Knex
  let health: ProviderHealth

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(2)
    health = new ProviderHealth(connection, clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    await connection("gateway_provider_health").delete()
  })

  const read = async () => (await health.read([provider])).get(provider)

  const accepted = {
    outcome: "accepted",
    code: null,
    message: null,
    clock_ahead_ms: 120,
    checked_options: "0a1b",
  } as const

  function messages(letters: string, at = clock.now()) {
    return { letters, lastAt: at, lastVerifiedAt: at, lastRefusedAt: null }
  }

  it("knows nothing of a provider that nothing happened to", async () => {
    expect(await read()).toBeUndefined()
  })

  it("keeps the last check, and each failure and message beside it", async () => {
    await health.noteCheck(provider, "user_ana", accepted)
    await health.noteFailure({ provider_id: provider, call: "createOrder", message: "away" })
    const checkedAt = clock.now()
    clock.advance(1_000)
    await health.noteMessages(provider, messages("vf"))
    await health.noteCheck(provider, "user_ivo", {
      outcome: "refused",
      code: "E1",
      message: "no such key",
      clock_ahead_ms: null,
      checked_options: "2c3d",
    })
    expect(await read()).toMatchObject({
      checked_at: clock.now(),
      checked_by: "user_ivo",
      check_outcome: "refused",
      check_code: "E1",
      check_message: "no such key",
      checked_options: "2c3d",
      clock_ahead_ms: null,
      failed_at: checkedAt,
      failed_call: "createOrder",
      failure_message: "away",
      last_message_at: clock.now(),
      recent_messages: "vf",
    })
  })

  it("remembers the last messages alone, also of two servers that note theirs at once", async () => {
    await health.noteMessages(provider, messages("f".repeat(recentMessages)))
    await Promise.all([
      health.noteMessages(provider, messages("vv")),
      new ProviderHealth(connection, clock.now).noteMessages(provider, messages("uu")),
    ])
    const { recent_messages } = (await read())!
    expect(recent_messages).toHaveLength(recentMessages)
    expect([...recent_messages.slice(-4)].sort().join("")).toBe("uuvv")
  })

  it("never takes a time back that a slower server notes late", async () => {
    const before = clock.now()
    clock.advance(60_000)
    await health.noteMessages(provider, messages("v"))
    await health.noteMessages(provider, {
      letters: "f",
      lastAt: before,
      lastVerifiedAt: null,
      lastRefusedAt: before,
    })
    expect(await read()).toMatchObject({
      last_message_at: clock.now(),
      last_verified_at: clock.now(),
      last_refused_at: before,
    })
  })
})
