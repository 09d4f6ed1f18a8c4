import { isoPlaces } from "../iso-places"

describe("the decimal places of a currency", () => {
  it.each([
    ["jpy", 0],
    ["XOF", 0],
    ["kwd", 3],
    ["Tnd", 3],
    ["eur", 2],
    ["huf", 2],
    ["pkr", 2],
    ["idr", 2],
  ])("of %s are %i, in whatever case it is written", (currency, places) => {
    expect(isoPlaces(currency)).toBe(places)
  })

  it.each(["tes", "", "constructor", "__proto__"])("are two where ISO knows none: %j", (code) => {
    expect(isoPlaces(code)).toBe(2)
  })
})
