import { firstPlace, nextPlace, partOf, type ChargebackPlace } from "../chargebacks"

const now = new Date("2030-05-10T23:30:00Z")

describe("a walk through a gateway's list", () => {
  it("begins a day before the days that count, and ends a day after today", () => {
    expect(firstPlace(now, 120)).toEqual({ day: "2030-01-09", last_day: "2030-05-11", page: 1 })
  })

  it("reads a part page by page, and then the next part", () => {
    const place = { day: "2030-01-09", last_day: "2030-05-11", page: 1 }
    expect(partOf(place)).toEqual({ from: "2030-01-09", to: "2030-02-07" })
    expect(nextPlace(place, false)).toEqual({ ...place, page: 2 })
    expect(nextPlace({ ...place, page: 2 }, true)).toEqual({ ...place, day: "2030-02-08" })
  })

  it("reads every day exactly once, and comes to an end", () => {
    const parts: { from: string; to: string }[] = []
    let place: ChargebackPlace | null = firstPlace(now, 120)
    while (place && parts.length < 100) {
      parts.push(partOf(place))
      place = nextPlace(place, true)
    }
    expect(parts).toEqual([
      { from: "2030-01-09", to: "2030-02-07" },
      { from: "2030-02-08", to: "2030-03-09" },
      { from: "2030-03-10", to: "2030-04-08" },
      { from: "2030-04-09", to: "2030-05-08" },
      { from: "2030-05-09", to: "2030-05-11" },
    ])
  })
})
