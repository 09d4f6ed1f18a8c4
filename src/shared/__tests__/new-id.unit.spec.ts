import { generateEntityId } from "@medusajs/framework/utils"
import { newId, newUlid, risingUlids } from "../new-id"

const noon = new Date("2026-11-29T12:00:40.123Z").getTime()

/** @param random each of the random places */
function ulidsAt(times: number[], random = 7): string[] {
  const rest = [...times]
  const next = risingUlids({
    now: () => rest.shift() ?? noon,
    fillRandomly: (bytes) => bytes.fill(random),
  })
  return times.map(() => next())
}

describe("the id of a new row", () => {
  afterEach(() => jest.useRealTimers())

  it("is one of Medusa's: a prefix and a ULID", () => {
    expect(newId("gwev")).toMatch(/^gwev_[0-9A-HJKMNP-TV-Z]{26}$/)
  })

  it("begins with the same time as one of Medusa's", () => {
    jest.useFakeTimers({ now: noon })
    const [ulid] = ulidsAt([noon])
    expect(ulid?.slice(0, 10)).toBe(generateEntityId(undefined, "x").slice(2, 12))
  })

  it("is another one each time, and greater than those before it", () => {
    const ids = Array.from({ length: 20_000 }, () => newUlid())
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })

  it("has each letter in each of its random places", () => {
    const next = (at: number) =>
      risingUlids({ now: () => at, fillRandomly: (bytes) => crypto.getRandomValues(bytes) })()
    const endings = Array.from({ length: 2_000 }, (_, index) => next(noon + index).slice(-16))
    for (let place = 0; place < 16; place += 1) {
      expect(new Set(endings.map((ending) => ending[place])).size).toBe(32)
    }
  })

  it("counts on within a millisecond, and while the clock stands or was set back", () => {
    const [first, second, third, later] = ulidsAt([noon, noon, noon - 3_600_000, noon + 1])
    expect(first?.slice(10)).toBe("7777777777777777")
    expect(second).toBe(`${first?.slice(0, 10)}7777777777777778`)
    expect(third).toBe(`${first?.slice(0, 10)}7777777777777779`)
    expect(later?.slice(10)).toBe("7777777777777777")
    expect(later && third && later > third).toBe(true)
  })

  it("carries over, and goes on in the next millisecond where none is greater", () => {
    const next = risingUlids({
      now: () => noon,
      // The last letter of each place but the first.
      fillRandomly: (bytes) => bytes.fill(31).fill(0, 0, 1),
    })
    const made = [next(), next()]
    expect(made.map((ulid) => ulid.slice(10))).toEqual(["0ZZZZZZZZZZZZZZZ", "1000000000000000"])

    const [last, overflown] = ulidsAt([noon, noon], 31)
    expect(last?.slice(10)).toBe("ZZZZZZZZZZZZZZZZ")
    expect(overflown && last && overflown > last).toBe(true)
    expect(overflown?.slice(0, 10)).toBe(ulidsAt([noon + 1])[0]?.slice(0, 10))
  })
})
