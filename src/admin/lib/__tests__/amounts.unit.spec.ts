import { amountOf, compareAmounts, type PadKey, typed, typedAmount } from "../amounts"

describe("an amount that a person types", () => {
  it.each([
    ["1985", 2, "1985.00"],
    [" 1985,5 ", 2, "1985.50"],
    ["0.01", 2, "0.01"],
    ["0012", 0, "12"],
    ["1.50", 1, "1.5"],
    ["1500.00", 0, "1500"],
    ["1.500", 3, "1.500"],
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
    ["1.500", 2],
    ["50,000", 2],
    ["50.000", 0],
    ["1.500", 1],
    ["12.0000", 2],
  ])("is none where it can be meant as thousands: %j with %i decimals", (text, decimals) => {
    expect(typedAmount(text, decimals)).toBeUndefined()
  })

  it.each([
    ["1.50", "1.5", 0],
    ["0.1", "0.10000001", -1],
    ["10", "9.99", 1],
    ["9007199254740993", "9007199254740992", 1],
  ])("is compared to the last digit: %s and %s", (one, other, sign) => {
    expect(compareAmounts(one, other)).toBe(sign)
  })
})

const after = (...keys: PadKey[]) => keys.reduce(typed, "")

describe("the till's pad", () => {
  it("takes digits from the right, as a card terminal does", () => {
    expect(amountOf(after("1", "2", "5", "0"), 2)).toBe("12.50")
    expect(amountOf(after("5"), 2)).toBe("0.05")
    expect(amountOf(after("4", "00", "0"), 0)).toBe("4000")
    expect(amountOf("", 2)).toBe("0.00")
    expect(amountOf("", 0)).toBe("0")
  })

  it("takes no zeros at the front, and takes the last key back", () => {
    expect(after("0", "00", "7")).toBe("7")
    expect(after("1", "2", "back")).toBe("1")
    expect(after("back")).toBe("")
  })

  it("takes no more digits than an amount has room for", () => {
    expect(after("1", "2", "3", "4", "5", "6", "7", "8", "00")).toBe("12345678")
    expect(after("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")).toBe("123456789")
  })
})
