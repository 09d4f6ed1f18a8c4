import { PostgresInbox } from "../repositories/inbox"
import { Leases } from "../repositories/leases"
import { PostgresJournal } from "../repositories/journal"
import type { NewWebhookEvent, WebhookClaim } from "../repositories/inbox"
import {
  createJournalDatabase,
  type JournalDatabase,
  ManualClock,
  newOrder,
  times,
} from "./fixtures"

const lease = 60_000

describe("PostgresInbox", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let inbox: PostgresInbox
  let elsewhere: PostgresInbox
  let keys = 0

  beforeAll(async () => {
    database = await createJournalDatabase()
    inbox = new PostgresInbox(database.connect(10), clock.now)
    elsewhere = new PostgresInbox(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  afterEach(async () => {
    await database.connect(1)("webhook_event").delete()
  })

  /** As if that much time had passed for the database. */
  async function pass(milliseconds: number): Promise<void> {
    const connection = database.connect(1)
    const earlier = (column: string) =>
      connection.raw("?? - ? * interval '1 millisecond'", [column, milliseconds])
    await connection("webhook_event").update({
      claimed_until: earlier("claimed_until"),
      next_try_at: earlier("next_try_at"),
    })
  }

  async function claimed(id: string): Promise<WebhookClaim> {
    return requireClaim(await inbox.claim(id, lease))
  }

  function requireClaim(claim: WebhookClaim | undefined): WebhookClaim {
    if (!claim) {
      throw new Error("The message was not to be had")
    }
    return claim
  }

  function message(change: Partial<NewWebhookEvent> = {}): NewWebhookEvent {
    keys += 1
    return {
      provider_id: "pp_acme_acme",
      event_key: `order-${keys}|paid`,
      reference: "01JQ00000000000000000000010",
      raw_status: "paid",
      gateway_id: null,
      is_later: false,
      claimed_amount: "100.00",
      body: { status: "paid", name: "***" },
      ...change,
    }
  }

  it("has a message claimed as it is written, for whoever works on it at once", async () => {
    const { event, isNew, claim } = await inbox.receive(message(), lease)
    expect(isNew).toBe(true)
    expect(event).toMatchObject({ state: "waiting", attempts: 1 })
    expect(Number(event.claimed_until) - event.updated_at.getTime()).toBe(lease)
    expect(await elsewhere.claim(event.id, lease)).toBeUndefined()
    expect(await elsewhere.claimNext(lease)).toBeUndefined()
    expect(await inbox.finish(requireClaim(claim), "paid")).toBe(true)
  })

  it("acquires the lease that the work needs with the claim, where nobody else has it", async () => {
    const connection = database.connect(1)
    const held = async () => await connection("gateway_lease").orderBy("key")
    const first = message({ reference: "first" })
    const { event, claim } = await inbox.receive(first, lease, "gateway-payment:1")
    const owner = claim?.claimed_by
    expect(claim?.lease).toMatchObject({ key: "gateway-payment:1", owner, wasAbandoned: false })
    expect(await held()).toMatchObject([
      { key: "gateway-payment:1", owner, expires_at: event.claimed_until },
    ])
    const other = await elsewhere.receive(message(), lease, "gateway-payment:1")
    expect(other.claim).toMatchObject({ event: { id: other.event.id }, lease: undefined })
    // What is not claimed, or not new, takes nothing either; a transaction that writes nothing has no number.
    const written = await connection.transaction(async (transaction) => {
      await new PostgresInbox(transaction).receive(first, lease, "gateway-payment:2")
      return await transaction.select(transaction.raw("pg_current_xact_id_if_assigned() as number"))
    })
    expect(written).toEqual([{ number: null }])
    await elsewhere.receive(message({ reference: "first" }), lease, "gateway-payment:2")
    await elsewhere.receive(message({ reference: "second" }), undefined, "gateway-payment:2")
    expect(await held()).toMatchObject([{ key: "gateway-payment:1", owner }])
    await connection("gateway_lease").update({ expires_at: connection.raw("now()") })
    const later = message({ reference: "third" })
    const { claim: taken } = await elsewhere.receive(later, lease, "gateway-payment:1")
    expect(taken?.lease).toMatchObject({ owner: taken?.claimed_by, wasAbandoned: true })
    expect(await held()).toMatchObject([{ owner: taken?.claimed_by, takeovers: 1 }])
    await connection("gateway_lease").delete()
  })

  it("gives back what was held for a message in the statement that notes what it came to, whoever notes it", async () => {
    const connection = database.connect(1)
    const leases = new Leases(connection)
    const { claim } = await inbox.receive(message(), lease)
    await leases.acquire("gateway-payment:1", "first")
    await pass(lease)
    const taken = requireClaim(await elsewhere.claimNext(lease))
    const release = () => leases.releasing(["gateway-payment:1"], "first")
    expect(await inbox.finish(requireClaim(claim), "too late", release())).toBe(false)
    expect(await connection("gateway_lease")).toEqual([])
    await leases.acquire("gateway-payment:1", "second")
    expect(await elsewhere.finish(taken, "paid", release())).toBe(true)
    expect(await connection("gateway_lease")).toMatchObject([{ owner: "second" }])
    await leases.release(["gateway-payment:1"], "second")
  })

  it("has the message of a receiver that died taken over like any other", async () => {
    const { event, claim } = await inbox.receive(message(), lease)
    await pass(lease)
    const taken = requireClaim(await elsewhere.claimNext(lease))
    expect(taken.event).toMatchObject({ id: event.id, attempts: 2 })
    expect(await inbox.finish(requireClaim(claim), "too late")).toBe(false)
    expect(await elsewhere.finish(taken, "paid")).toBe(true)
  })

  it("has no message claimed by who receives it again, nor one about whose reference another is worked on", async () => {
    const first = message()
    const { claim } = await inbox.receive(first, lease)
    const again = await elsewhere.receive(first, lease)
    expect(again).toMatchObject({ isNew: false, event: { attempts: 1 } })
    const other = await elsewhere.receive(message(), lease)
    expect(other).toMatchObject({ isNew: true, event: { claimed_until: null, attempts: 0 } })
    expect([again.claim, other.claim]).toEqual([undefined, undefined])
    await inbox.finish(requireClaim(claim), "paid")
    expect((await elsewhere.claimNext(lease))?.event.id).toBe(other.event.id)
  })

  it("has a message for every server to see before it answers", async () => {
    const input = message()
    const { event, isNew } = await inbox.receive(input)
    expect(isNew).toBe(true)
    expect(event).toMatchObject({ ...input, state: "waiting", attempts: 0, outcome: null })
    expect((await elsewhere.receive(input)).event).toEqual(event)
  })

  it.each([
    { isRawInstance: true },
    { isRawInstance: "yes", toSQL: "select 1", bindings: [] },
    { ":now": ":id", "?": "??" },
    {},
  ])("keeps a message that looks like a part of a statement as it came: %j", async (body) => {
    expect((await inbox.receive(message({ body }))).event.body).toEqual(body)
    const unproven = message({ body, event_key: null })
    expect((await inbox.receive(unproven)).event.body).toEqual(body)
  })

  it("keeps whose payment session the message is about, where this shop opened the order", async () => {
    const order = newOrder({ provider_id: "pp_acme_acme", currency_code: "php" })
    await new PostgresJournal(database.connect(1), clock.now).openOrder(order)
    const { reference, session_id } = order
    const { event } = await inbox.receive(message({ reference }))
    expect(event).toMatchObject({ session_id, currency_code: "php" })
    const { event: stranger } = await inbox.receive(message({ provider_id: "pp_b", reference }))
    expect(stranger).toMatchObject({ session_id: null, currency_code: null })
  })

  it("takes the same message once, however often and wherever it comes in", async () => {
    const input = message()
    const received = await Promise.all(
      times(20, (index) => (index % 2 ? inbox : elsewhere).receive(input))
    )
    expect(received.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1)
  })

  it("takes the same key of two providers for two messages", async () => {
    const input = message()
    await inbox.receive(input)
    expect((await inbox.receive({ ...input, provider_id: "pp_acme_other" })).isNew).toBe(true)
  })

  it("never lets a message that nobody proved to have sent stand in the way of another", async () => {
    const hint = message({ event_key: null })
    expect((await inbox.receive(hint)).isNew).toBe(true)
    expect((await inbox.receive(hint)).isNew).toBe(true)
  })

  describe("of messages that nobody proved to have sent", () => {
    const limit = { atMost: 7, withinMs: 60_000 }
    const hintOf = (provider_id: string) => ({ ...message({ provider_id }), event_key: null })

    it("takes so many and no more, however many come at once and wherever", async () => {
      const hint = hintOf("pp_acme_flooded")
      const received = await Promise.all(
        times(60, (index) => (index % 2 ? inbox : elsewhere).receiveUnproven(hint, limit))
      )
      const taken = received.filter((event) => event !== undefined)
      expect(taken).toHaveLength(limit.atMost)
      expect(new Set(taken.map(({ id }) => id)).size).toBe(limit.atMost)
      expect(taken[0]).toMatchObject({ ...hint, state: "waiting", attempts: 0 })
      expect(await inbox.receiveUnproven(hint, limit)).toBeUndefined()
    })

    it("counts each provider's, in the time that is named, and none that is proved", async () => {
      const hint = hintOf("pp_acme_counted")
      await inbox.receive(message({ provider_id: hint.provider_id }))
      for (let count = 0; count < limit.atMost; count += 1) {
        expect(await inbox.receiveUnproven(hint, limit)).toBeDefined()
      }
      expect(await inbox.receiveUnproven(hint, limit)).toBeUndefined()
      expect(await inbox.receiveUnproven(hintOf("pp_acme_calm"), limit)).toBeDefined()
      expect((await inbox.receive(message({ provider_id: hint.provider_id }))).isNew).toBe(true)
      clock.advance(limit.withinMs + 1)
      expect(await inbox.receiveUnproven(hint, limit)).toBeDefined()
    })

    it("takes another reference's first message while one reference is flooded, at all servers", async () => {
      const ofEach = { ...limit, atMostOfReference: 3 }
      const flooded = { ...hintOf("pp_acme_shopper"), reference: "01JQ00000000000000000000020" }
      const flood = await Promise.all(
        times(40, (index) => (index % 2 ? inbox : elsewhere).receiveUnproven(flooded, ofEach))
      )
      expect(flood.filter(Boolean)).toHaveLength(3)
      const others = await Promise.all(
        times(20, (index) =>
          inbox.receiveUnproven(
            {
              ...flooded,
              reference: `01JQ000000000000000000003${String.fromCharCode(65 + index)}0`,
            },
            ofEach
          )
        )
      )
      expect(others.filter(Boolean)).toHaveLength(20)
      expect(
        await inbox.receiveUnproven(
          { ...flooded, reference: "01JQ000000000000000000003A0" },
          ofEach
        )
      ).toBeUndefined()
    })

    it("are deleted after a time, and none that is proved, waits or came later", async () => {
      const provider_id = "pp_acme_pruned"
      const { event: proven } = await inbox.receive(message({ provider_id }))
      const done = await inbox.receiveUnproven(hintOf(provider_id), limit)
      const waiting = await inbox.receiveUnproven(hintOf(provider_id), limit)
      for (const event of [proven, done]) {
        await inbox.finish(await claimed(String(event?.id)), "paid")
      }
      clock.advance(1)
      const before = clock.now()
      const later = await inbox.receiveUnproven(hintOf(provider_id), limit)
      await inbox.finish(await claimed(String(later?.id)), "paid")
      expect(await inbox.deleteUnproven({ otherThan: [provider_id] }, before)).toBe(0)
      expect(await inbox.deleteUnproven({ providerId: "pp_acme_calmer" }, before)).toBe(0)
      expect(await inbox.deleteUnproven({ providerId: provider_id }, before)).toBe(1)
      const left = await database.connect(1)("webhook_event").where({ provider_id }).pluck("id")
      expect(left.sort()).toEqual([proven.id, waiting?.id, later?.id].sort())
    })
  })

  it("gives a message to one of all who want to work on it", async () => {
    const { event } = await inbox.receive(message())
    const claims = await Promise.all(
      times(10, (index) => (index % 2 ? inbox : elsewhere).claim(event.id, lease))
    )
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await inbox.claimNext(lease)).toBeUndefined()
  })

  it("gives each of many to one of all who take the next, the oldest first", async () => {
    const ids: string[] = []
    for (let order = 10; order < 40; order += 1) {
      const reference = `01JQ0000000000000000000${order}0`
      ids.push((await inbox.receive(message({ reference }))).event.id)
      clock.advance(1)
    }
    const taken: string[] = []
    const takeAll = async (from: PostgresInbox) => {
      for (let next = await from.claimNext(lease); next; next = await from.claimNext(lease)) {
        taken.push(next.event.id)
      }
    }
    const first = await inbox.claimNext(lease)
    expect(first?.event.id).toBe(ids[0])
    await Promise.all(times(6, (index) => takeAll(index % 2 ? inbox : elsewhere)))
    expect(taken.sort()).toEqual(ids.slice(1).sort())
  })

  it("gives no two about one reference at a time", async () => {
    const { event: first } = await inbox.receive(message())
    clock.advance(1)
    const { event: second } = await inbox.receive(message())
    const claim = await inbox.claimNext(lease)
    expect(claim?.event.id).toBe(first.id)
    expect(await elsewhere.claimNext(lease)).toBeUndefined()
    await inbox.finish(requireClaim(claim), "paid")
    expect((await elsewhere.claimNext(lease))?.event.id).toBe(second.id)
  })

  it("gives the message of a server that died to another when its time is over", async () => {
    const { event } = await inbox.receive(message())
    await inbox.claim(event.id, lease)
    expect(await elsewhere.claim(event.id, lease)).toBeUndefined()
    await pass(lease - 5_000)
    expect(await elsewhere.claim(event.id, lease)).toBeUndefined()
    await pass(5_001)
    expect((await elsewhere.claim(event.id, lease))?.event.attempts).toBe(2)
  })

  it("ends a claim by the database's clock, whatever time the servers think it is", async () => {
    const { event } = await inbox.receive(message())
    await inbox.claim(event.id, lease)
    const ahead = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 60 * lease)
    clock.advance(60 * lease)
    expect(await elsewhere.claim(event.id, lease)).toBeUndefined()
    expect(await elsewhere.claimNext(lease)).toBeUndefined()
    ahead.mockRestore()
  })

  it("lets whoever works on a message keep it for as long as that takes", async () => {
    const { event } = await inbox.receive(message())
    const claim = await claimed(event.id)
    await pass(lease - 1_000)
    expect(await inbox.renew(claim, lease)).toBe(true)
    await pass(lease - 5_000)
    expect(await elsewhere.claimNext(lease)).toBeUndefined()
  })

  it("takes no word about a message from whoever has lost it to another", async () => {
    const { event } = await inbox.receive(message())
    const late = await claimed(event.id)
    await pass(lease)
    const current = requireClaim(await elsewhere.claim(event.id, lease))
    expect(await inbox.renew(late, lease)).toBe(false)
    expect(await inbox.finish(late, "paid")).toBe(false)
    expect(await inbox.postpone(late, "failed", null)).toBe(false)
    expect(await elsewhere.finish(current, "paid by the second")).toBe(true)
    const again = await inbox.receive(message({ event_key: event.event_key }))
    expect(again.event).toMatchObject({ state: "done", outcome: "paid by the second", error: null })
  })

  it("tries what failed again when its time has come, and not before", async () => {
    const { event } = await inbox.receive(message())
    await inbox.postpone(await claimed(event.id), "the gateway was away", 5_000)
    expect(await inbox.claimNext(lease)).toBeUndefined()
    await pass(5_000)
    expect(await inbox.claimNext(lease)).toMatchObject({
      event: { id: event.id, attempts: 2, error: "the gateway was away" },
    })
  })

  it("keeps what was done as done", async () => {
    const { event } = await inbox.receive(message())
    const claim = await claimed(event.id)
    await inbox.finish(claim, "paid")
    await inbox.postpone(claim, "too late", null)
    expect(await inbox.claim(event.id, lease)).toBeUndefined()
    expect((await inbox.receive(message({ event_key: event.event_key }))).event).toMatchObject({
      state: "done",
      outcome: "paid",
      error: null,
    })
  })

  it("leaves what was given up alone until a person revives it", async () => {
    const { event } = await inbox.receive(message())
    await inbox.postpone(await claimed(event.id), "no use", null)
    await pass(10 * lease)
    expect(await inbox.claimNext(lease)).toBeUndefined()
    expect(await inbox.revive(event.id)).toMatchObject({ state: "waiting", attempts: 0 })
    expect(await inbox.revive(event.id)).toBeUndefined()
    expect(await inbox.claimNext(lease)).toMatchObject({ event: { id: event.id } })
  })

  it("forgets what old messages said, and that they came never", async () => {
    const { event: old } = await inbox.receive(message())
    await inbox.finish(await claimed(old.id), "paid")
    clock.advance(1_000)
    const { event: waiting } = await inbox.receive(message())
    expect(await inbox.pruneBodies("pp_acme_stranger", clock.now())).toBe(0)
    expect(await inbox.pruneBodies(old.provider_id, clock.now())).toBeGreaterThanOrEqual(1)
    const again = await inbox.receive(message({ event_key: old.event_key }))
    expect(again).toMatchObject({ isNew: false, event: { id: old.id, body: null } })
    expect((await inbox.receive(message({ event_key: waiting.event_key }))).event.body).toEqual(
      waiting.body
    )
  })
})
