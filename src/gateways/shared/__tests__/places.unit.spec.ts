import { placesFor } from "../places"

describe("placesFor", () => {
  const places = { php: 2, pkr: 0 }

  it("finds a currency in either case", () => {
    expect(placesFor(places, "php")).toBe(2)
    expect(placesFor(places, "PKR")).toBe(0)
  })

  it.each(["usd", "", "__proto__", "constructor", "toString"])(
    "knows nothing of %p, which the gateway does not take",
    (currency) => {
      expect(placesFor(places, currency)).toBeUndefined()
    }
  )
})
