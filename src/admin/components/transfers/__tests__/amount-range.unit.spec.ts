import { anyAmount, rangeOf, rangeText, typedBound, withAmountRange } from "../amount-range"

describe("The filter by amount", () => {
  it.each([
    [{ from: "100", to: "2500.5", currency: "php" }, "100 – 2500.5 PHP"],
    [{ from: "100", to: "", currency: "" }, "≥ 100"],
    [{ from: "", to: "0.01", currency: "eur" }, "≤ 0.01 EUR"],
    [{ from: "", to: "", currency: "khr" }, "KHR"],
    [{ from: "1", to: "1", currency: "" }, "1 – 1"],
  ])("is a text that a person can read, and comes back from it: %j", (range, text) => {
    expect(rangeText(range)).toBe(text)
    expect(rangeOf(text)).toEqual(range)
  })

  it("is none where nothing is said, or what is said is nothing", () => {
    expect(rangeText(anyAmount)).toBeUndefined()
    for (const text of [undefined, "", "much", 7, "1 – ", "≥ x PHP"]) {
      expect(rangeOf(text)).toEqual(anyAmount)
    }
  })

  it("is asked for as the API takes it, with the other filters", () => {
    expect(withAmountRange({ status: ["failed"], amount: "100 – 2500.5 PHP" })).toEqual({
      status: ["failed"],
      "amount[$gte]": "100",
      "amount[$lte]": "2500.5",
      currency_code: "php",
    })
    expect(withAmountRange({ currency_code: ["php"], amount: "≤ 5" })).toEqual({
      currency_code: ["php"],
      "amount[$lte]": "5",
    })
    expect(withAmountRange({ q: "x" })).toEqual({ q: "x" })
  })

  it.each([
    ["", ""],
    [" ", ""],
    ["1500", "1500"],
    ["1500,50", "1500.5"],
    ["100", "100"],
    ["0.0100", "0.01"],
    ["1.500,00", undefined],
    ["-1", undefined],
    ["ten", undefined],
  ])("takes %j as %j", (typed, bound) => {
    expect(typedBound(typed)).toBe(bound)
  })
})
