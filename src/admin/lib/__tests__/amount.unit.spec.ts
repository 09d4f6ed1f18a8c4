import { compareAmounts, typedAmount } from "../amount"

describe("an amount that a person types", () => {
  it.each([
    ["1985", 2, "1985.00"],
    [" 1985,5 ", 2, "1985.50"],
    ["0.01", 2, "0.01"],
    ["0012", 0, "12"],
    ["1.500", 1, "1.5"],
    ["100000000000000.01", 2, "100000000000000.01"],
  ])("is read exactly: %j with %i decimals", (text, decimals, amount) => {
    expect(typedAmount(text, decimals)).toBe(amount)
  })

  it.each(["", "0", "0.00", "-1", "1.005", "1,000.00", "1e3", "NaN", "ten", "1 000"])(
    "is none in %j",
    (text) => {
      expect(typedAmount(text, 2)).toBeUndefined()
    }
  )

  it.each([
    ["1.50", "1.5", 0],
    ["0.1", "0.10000001", -1],
    ["10", "9.99", 1],
    ["9007199254740993", "9007199254740992", 1],
  ])("is compared to the last digit: %s and %s", (one, other, sign) => {
    expect(compareAmounts(one, other)).toBe(sign)
  })
})
