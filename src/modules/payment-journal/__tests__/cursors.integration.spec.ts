import { z } from "zod"
import type { OperationKind } from "../gateway-operation"
import { Cursor } from "../repositories/cursors"
import { ordersWithChangedOperations } from "../repositories/operations"
import { PostgresJournal } from "../repositories/journal"
import {
  createJournalDatabase,
  type JournalDatabase,
  ManualClock,
  openedOrder,
  refundOf,
  times,
} from "./fixtures"

const minute = 60_000
const day = 24 * 60 * minute

describe("Cursor", () => {
  const clock = new ManualClock()
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms)
  let database: JournalDatabase
  let providers = 0
  let provider: string

  beforeAll(async () => {
    database = await createJournalDatabase()
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(() => {
    providers += 1
    provider = `pp_paymentz_${providers}`
  })

  describe("over a list of days and pages", () => {
    type Place = { day: string; last_day: string; page: number }
    const list = {
      name: "chargebacks",
      place: z.object({ day: z.string(), last_day: z.string(), page: z.number() }),
    }
    const start = { day: "2030-01-01", last_day: "2030-05-01", page: 1 }
    const further = { ...start, page: 2 }
    let cursor: Cursor<Place>
    let elsewhere: Cursor<Place>

    beforeAll(() => {
      cursor = new Cursor(database.connect(10), list, clock.now)
      elsewhere = new Cursor(database.connect(10), list, clock.now)
    })

    it("gives a new walk to one of twenty who ask for it on two servers", async () => {
      const claims = await Promise.all(
        times(20, (index) => (index % 2 ? cursor : elsewhere).claim(provider, start, minute))
      )
      expect(claims.filter((place) => place !== undefined)).toEqual([start])
    })

    it("lets each provider's walk go its own way", async () => {
      await cursor.claim(provider, start, minute)
      expect(await cursor.claim(`${provider}_other`, start, minute)).toEqual(start)
    })

    it("lets each list of a provider go its own way", async () => {
      const other = new Cursor(database.connect(1), { ...list, name: "other" }, clock.now)
      await cursor.claim(provider, start, minute)
      expect(await other.claim(provider, further, minute)).toEqual(further)
      expect(await other.moveOn(provider, start, further, inMs(0))).toBe(false)
    })

    it("gives what a server left to the next one, where it was, when the lease is over", async () => {
      await cursor.claim(provider, start, minute)
      expect(await cursor.moveOn(provider, start, further, inMs(minute))).toBe(true)
      expect(await elsewhere.claim(provider, start, minute)).toBeUndefined()
      clock.advance(minute)
      const today = { ...start, day: "2030-02-01" }
      expect(await elsewhere.claim(provider, today, minute)).toEqual(further)
    })

    it("lets nobody go on whose walk another has taken further", async () => {
      await cursor.claim(provider, start, minute)
      clock.advance(minute)
      await elsewhere.claim(provider, start, minute)
      await elsewhere.moveOn(provider, start, further, inMs(minute))
      expect(await cursor.moveOn(provider, start, further, inMs(minute))).toBe(false)
      expect(await cursor.moveOn(provider, start, null, inMs(0))).toBe(false)
      clock.advance(minute)
      expect(await cursor.claim(provider, start, minute)).toEqual(further)
    })

    it("begins anew a day after its end", async () => {
      await cursor.claim(provider, start, minute)
      await cursor.moveOn(provider, start, null, inMs(day))
      clock.advance(day - 1)
      expect(await cursor.claim(provider, start, minute)).toBeUndefined()
      clock.advance(1)
      const tomorrow = { day: "2030-01-02", last_day: "2030-05-02", page: 1 }
      expect(await cursor.claim(provider, tomorrow, minute)).toEqual(tomorrow)
    })

    it("goes on at the same place after it was put off", async () => {
      await cursor.claim(provider, start, minute)
      await cursor.moveOn(provider, start, further, inMs(minute))
      await cursor.moveOn(provider, further, further, inMs(0))
      expect(await elsewhere.claim(provider, start, minute)).toEqual(further)
    })
  })

  describe("over times", () => {
    type Place = { readUntil: Date; again: string[] }
    const list = {
      name: "ledger",
      place: z.object({ readUntil: z.coerce.date(), again: z.array(z.string()) }),
    }
    let cursor: Cursor<Place>
    let elsewhere: Cursor<Place>

    beforeAll(() => {
      cursor = new Cursor(database.connect(10), list, clock.now)
      elsewhere = new Cursor(database.connect(10), list, clock.now)
    })

    const nothingAgain = (readUntil: Date) => ({ readUntil, again: [] })

    it("are read by one of twenty who ask on two servers", async () => {
      const start = nothingAgain(inMs(-minute))
      const claims = await Promise.all(
        times(20, (index) => (index % 2 ? cursor : elsewhere).claim(provider, start, minute))
      )
      expect(claims.filter((place) => place !== undefined)).toEqual([start])
    })

    it("go on where a server left them, when its lease is over, for each provider by itself", async () => {
      const start = nothingAgain(inMs(-10 * minute))
      await cursor.claim(provider, start, minute)
      const place = { readUntil: inMs(-5 * minute), again: ["pay_1", "pay_2"] }
      expect(await cursor.moveOn(provider, start, place, inMs(minute))).toBe(true)
      expect(await elsewhere.claim(provider, start, minute)).toBeUndefined()
      expect(await elsewhere.claim(`${provider}_other`, start, minute)).toEqual(start)
      clock.advance(minute)
      expect(await elsewhere.claim(provider, start, minute)).toEqual(place)
    })

    it("are not taken back by a server that another has overtaken", async () => {
      const [start, further] = [nothingAgain(inMs(-10 * minute)), nothingAgain(inMs(-5 * minute))]
      await cursor.claim(provider, start, minute)
      const moveOn = async (server: Cursor<Place>) =>
        await server.moveOn(provider, start, further, inMs(0))
      expect(await moveOn(elsewhere)).toBe(true)
      expect(await moveOn(cursor)).toBe(false)
      expect(await cursor.claim(provider, start, minute)).toEqual(further)
    })
  })
})

describe("ordersWithChangedOperations", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let journal: PostgresJournal
  const provider = "pp_paymentz_1"

  beforeAll(async () => {
    database = await createJournalDatabase()
    journal = new PostgresJournal(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  it("name the orders of the provider that moved money within the time, each once", async () => {
    const from = clock.now()
    const moved = await orderThatMoved(["capture", "refund"])
    await orderThatMoved(["void", "charge"])
    const until = new Date(clock.now().getTime() + 1)
    clock.advance(minute)
    await orderThatMoved(["refund"])
    const read = async (id: string, window: { from: Date; until: Date }, most = Infinity) =>
      await ordersWithChangedOperations(database.connect(1), id, window, most)
    expect(await read(provider, { from, until })).toEqual([moved])
    expect(await read(`${provider}_other`, { from, until })).toEqual([])
    expect(await read(provider, { from: until, until: clock.now() })).toEqual([])
    const all = { from, until: new Date(clock.now().getTime() + 1) }
    expect(await read(provider, all)).toHaveLength(2)
    expect(await read(provider, all, 1)).toHaveLength(1)
  })

  async function orderThatMoved(kinds: readonly OperationKind[]): Promise<string> {
    const reference = await openedOrder(journal, { provider_id: provider })
    for (const kind of kinds) {
      const start = await journal.beginOperation(refundOf(reference, { kind }), async () => [])
      if (start.type !== "begun") {
        throw new Error(`The ${kind} could not begin: ${start.type}`)
      }
      await journal.settleOperation(start.operation.reference, { state: "done" })
    }
    return reference
  }
})
