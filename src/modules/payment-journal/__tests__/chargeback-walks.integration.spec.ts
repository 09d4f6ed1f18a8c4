import { ChargebackWalks } from "../chargeback-walks"
import { createJournalDatabase, type JournalDatabase, ManualClock, times } from "./fixtures"

jest.setTimeout(60_000)

const minute = 60_000
const day = 24 * 60 * minute
const start = { day: "2030-01-01", last_day: "2030-05-01", page: 1 }
const further = { ...start, page: 2 }

describe("ChargebackWalks", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let walks: ChargebackWalks
  let elsewhere: ChargebackWalks
  let providers = 0
  let provider: string

  beforeAll(async () => {
    database = await createJournalDatabase()
    walks = new ChargebackWalks(database.connect(10), clock.now)
    elsewhere = new ChargebackWalks(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(() => {
    providers += 1
    provider = `pp_paymentz_${providers}`
  })

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms)

  it("gives a new walk to one of twenty who ask for it on two servers", async () => {
    const claims = await Promise.all(
      times(20, (index) => (index % 2 ? walks : elsewhere).claim(provider, start, minute))
    )
    expect(claims.filter((place) => place !== undefined)).toEqual([start])
  })

  it("lets each provider's walk go its own way", async () => {
    await walks.claim(provider, start, minute)
    expect(await walks.claim(`${provider}_other`, start, minute)).toEqual(start)
  })

  it("gives what a server left to the next one, where it was, when the lease is over", async () => {
    await walks.claim(provider, start, minute)
    expect(await walks.moveOn(provider, start, further, minute)).toBe(true)
    expect(await elsewhere.claim(provider, start, minute)).toBeUndefined()
    clock.advance(minute)
    const today = { ...start, day: "2030-02-01" }
    expect(await elsewhere.claim(provider, today, minute)).toEqual(further)
  })

  it("lets nobody go on whose walk another has taken further", async () => {
    await walks.claim(provider, start, minute)
    clock.advance(minute)
    await elsewhere.claim(provider, start, minute)
    await elsewhere.moveOn(provider, start, further, minute)
    expect(await walks.moveOn(provider, start, further, minute)).toBe(false)
    await walks.end(provider, start, inMs(0))
    clock.advance(minute)
    expect(await walks.claim(provider, start, minute)).toEqual(further)
  })

  it("begins anew a day after its end", async () => {
    await walks.claim(provider, start, minute)
    await walks.end(provider, start, inMs(day))
    clock.advance(day - 1)
    expect(await walks.claim(provider, start, minute)).toBeUndefined()
    clock.advance(1)
    const tomorrow = { day: "2030-01-02", last_day: "2030-05-02", page: 1 }
    expect(await walks.claim(provider, tomorrow, minute)).toEqual(tomorrow)
  })

  it("goes on at the same place after it was put off", async () => {
    await walks.claim(provider, start, minute)
    await walks.moveOn(provider, start, further, minute)
    await walks.putOff(provider, further, inMs(0))
    expect(await elsewhere.claim(provider, start, minute)).toEqual(further)
  })
})
