import { lastPlaces } from "../last-places"

describe("The last places of a number", () => {
  it.each([
    ["9988776655443322", "••••3322"],
    ["123456789", "••••6789"],
    ["12345678", "••••678"],
    ["12345", "••••45"],
    ["123", "••••3"],
    ["12", "••••"],
    ["1", "••••"],
    ["", "••••"],
    [" 123456789 ", "••••6789"],
  ])("of %p are %p: four at most, and never half of it", (value, hint) => {
    expect(lastPlaces(value)).toBe(hint)
  })
})
