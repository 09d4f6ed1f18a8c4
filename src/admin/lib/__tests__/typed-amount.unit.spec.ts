import { amountOf, typed, type PadKey } from "../typed-amount"

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
