import { generateEntityId } from "@medusajs/framework/utils"
import { newId } from "../new-id"

describe("the id of a new row", () => {
  afterEach(() => jest.useRealTimers())

  it("is one of Medusa's: a prefix, and a ULID that begins with the same time", () => {
    jest.useFakeTimers({ now: new Date("2026-11-29T21:20:40.123Z") })
    const [medusas, ours] = [generateEntityId(undefined, "gwev"), newId("gwev")]
    expect(ours).toMatch(/^gwev_[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(ours.slice(0, -16)).toBe(medusas.slice(0, -16))
  })

  it("is another one each time, with each letter in each of its random places", () => {
    const ids = Array.from({ length: 2_000 }, () => newId("gwev"))
    expect(new Set(ids).size).toBe(ids.length)
    const endings = ids.map((id) => id.slice(-16))
    for (let place = 0; place < 16; place += 1) {
      expect(new Set(endings.map((ending) => ending[place])).size).toBe(32)
    }
  })
})
