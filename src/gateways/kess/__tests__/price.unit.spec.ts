import { decimal } from "../../shared/money"
import { feeOn, partsOf } from "../price"

const price = (amount: string, feeRate?: string, decimals = 2) => ({
  amount: decimal(amount),
  feeRate: feeRate === undefined ? undefined : decimal(feeRate),
  decimals,
})

describe("the fee that the shopper pays on top", () => {
  it.each([
    ["100.00", "2", 2, "2"],
    ["12.50", "2", 2, "0.25"],
    ["0.01", "2", 2, "0"],
    ["0.25", "2", 2, "0.01"],
    ["0.24", "2", 2, "0"],
    ["1234567.89", "2.5", 2, "30864.2"],
    ["19.99", "0.3", 2, "0.06"],
    ["4000", "2", 0, "80"],
    ["4025", "2", 0, "81"],
  ])("of %s at %s percent with %i places is %s", (amount, rate, decimals, fee) => {
    expect(feeOn(price(amount, rate, decimals))).toBe(fee)
  })

  it("is none where the shop asks for none", () => {
    expect(feeOn(price("100.00"))).toBe("0")
  })
})

describe("an amount that KESS names", () => {
  it.each(["99.99", "100.01", "101", "101.99", "102.01", "104.04", "98", "0", "-100", "200"])(
    "is not what the order costs: %s",
    (named) => {
      expect(partsOf(decimal(named), price("100.00", "2"))).toBeUndefined()
    }
  )

  it("is not taken with a fee where the shop asks for none", () => {
    expect(partsOf(decimal("102"), price("100.00"))).toBeUndefined()
  })

  it("is right without the fee, and then nothing is known to be on top", () => {
    expect(partsOf(decimal("100"), price("100.00", "2"))).toEqual({ amount: "100" })
  })

  it("is right with the fee, which is told apart", () => {
    expect(partsOf(decimal("102"), price("100.00", "2"))).toEqual({ amount: "100", fee: "2" })
  })

  it("has no fee where that is rounded to nothing", () => {
    expect(partsOf(decimal("0.01"), price("0.01", "2"))).toEqual({ amount: "0.01" })
  })
})
