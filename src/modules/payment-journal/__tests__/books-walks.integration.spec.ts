import { BooksWalks } from "../books-walks"
import type { OperationKind } from "../gateway-operation"
import { PostgresJournal } from "../repositories/orders"
import {
  createJournalDatabase,
  type JournalDatabase,
  ManualClock,
  openedOrder,
  refundOf,
  times,
} from "./fixtures"

jest.setTimeout(60_000)

const minute = 60_000

describe("BooksWalks", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let walks: BooksWalks
  let elsewhere: BooksWalks
  let journal: PostgresJournal
  let providers = 0
  let provider: string

  beforeAll(async () => {
    database = await createJournalDatabase()
    walks = new BooksWalks(database.connect(10), clock.now)
    elsewhere = new BooksWalks(database.connect(10), clock.now)
    journal = new PostgresJournal(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(() => {
    providers += 1
    provider = `pp_paymentz_${providers}`
  })

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms)

  const nothingAgain = (readUntil: Date) => ({ readUntil, again: [] })

  it("are read by one of twenty who ask on two servers", async () => {
    const start = inMs(-minute)
    const claims = await Promise.all(
      times(20, (index) => (index % 2 ? walks : elsewhere).claim(provider, start, minute))
    )
    expect(claims.filter((place) => place !== undefined)).toEqual([nothingAgain(start)])
  })

  it("go on where a server left them, when its lease is over, for each provider by itself", async () => {
    const [start, further] = [inMs(-10 * minute), inMs(-5 * minute)]
    await walks.claim(provider, start, minute)
    const place = { readUntil: further, again: ["pay_1", "pay_2"] }
    expect(await walks.moveOn(provider, nothingAgain(start), place, inMs(minute))).toBe(true)
    expect(await elsewhere.claim(provider, start, minute)).toBeUndefined()
    expect(await elsewhere.claim(`${provider}_other`, start, minute)).toEqual(nothingAgain(start))
    clock.advance(minute)
    expect(await elsewhere.claim(provider, start, minute)).toEqual(place)
  })

  it("are not taken back by a server that another has overtaken", async () => {
    const [start, further] = [inMs(-10 * minute), inMs(-5 * minute)]
    await walks.claim(provider, start, minute)
    const moveOn = async (server: BooksWalks) =>
      await server.moveOn(provider, nothingAgain(start), nothingAgain(further), inMs(0))
    expect(await moveOn(elsewhere)).toBe(true)
    expect(await moveOn(walks)).toBe(false)
    expect(await walks.claim(provider, start, minute)).toEqual(nothingAgain(further))
  })

  it("name the orders of the provider that moved money within the time, each once", async () => {
    const from = clock.now()
    const moved = await orderThatMoved(["capture", "refund"])
    await orderThatMoved(["reverse", "charge"])
    const until = inMs(1)
    clock.advance(minute)
    await orderThatMoved(["refund"])
    expect(await walks.ordersThatMoved(provider, { from, until })).toEqual([moved])
    expect(await walks.ordersThatMoved(`${provider}_other`, { from, until })).toEqual([])
    expect(await walks.ordersThatMoved(provider, { from: until, until: clock.now() })).toEqual([])
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
