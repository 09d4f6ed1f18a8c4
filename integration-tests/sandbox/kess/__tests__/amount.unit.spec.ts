import { feeOn, formatAmount, parseAmount, parseFeeRate } from "../protocol"

describe("parseAmount", () => {
  it.each([
    "0",
    "0.00",
    "-1",
    "1.005",
    "0.30000000000000004",
    "0.1000000000000000055511151231257827",
    "100.000",
    "1e2",
    "1E-2",
    "1234567890123",
  ])("refuses %s", (literal) => {
    expect(parseAmount(literal)).toBeUndefined()
  })

  it.each([
    ["0.01", "0.01"],
    ["0.1", "0.10"],
    ["100", "100.00"],
    ["100.50", "100.50"],
    ["999999999999.99", "999999999999.99"],
  ])("reads %s as %s", (literal, amount) => {
    expect(formatAmount(parseAmount(literal) ?? 0n)).toBe(amount)
  })
})

describe("the fee", () => {
  it.each(["-1", "100", "2.005", "2e0", "0.30000000000000004"])("is not %s percent", (literal) => {
    expect(parseFeeRate(literal)).toBeUndefined()
  })

  it.each([
    ["100.00", "2", "2.00"],
    ["0.25", "2", "0.01"],
    ["0.24", "2", "0.00"],
    ["1234567.89", "2.5", "30864.20"],
    ["100.00", "0", "0.00"],
  ])("on %s at %s percent is %s", (amount, rate, fee) => {
    expect(formatAmount(feeOn(parseAmount(amount) ?? 0n, rate))).toBe(fee)
  })
})
