import { parseAmount } from "../protocol"

describe("parseAmount", () => {
  it.each([
    "",
    "0",
    "0.00",
    "-1.00",
    "+1.00",
    "1.",
    ".5",
    "1.005",
    "1,000.00",
    "01.00",
    " 1.00",
    "1.00\n",
    "1e2",
    "0x10",
    "NaN",
    "Infinity",
    "١.٠٠",
    "1234567890123.00",
  ])("refuses %j", (text) => {
    expect(parseAmount(text)).toBeUndefined()
  })

  it.each([
    ["0.01", "0.01"],
    ["100", "100.00"],
    ["100.5", "100.50"],
    ["999999999999.99", "999999999999.99"],
  ])("reads %s as %s", (text, amount) => {
    expect(parseAmount(text)).toBe(amount)
  })
})
