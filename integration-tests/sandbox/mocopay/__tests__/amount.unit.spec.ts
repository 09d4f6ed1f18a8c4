import { decimalText, parseThousandths, thousandths, wireNumber } from "../protocol"

describe("an amount", () => {
  it.each([
    "",
    "-1.00",
    "+1",
    "1.",
    ".5",
    "1.0005",
    "1,000.00",
    "01.00",
    " 1",
    "1e2",
    "NaN",
    "1\n",
  ])("of %j is refused", (text) => {
    expect(parseThousandths(text)).toBeUndefined()
  })

  it("of nothing can't be charged", () => {
    expect(() => thousandths("0.00")).toThrow(/positive/)
  })

  it.each([
    ["10", "10", 10],
    ["0.01", "0.01", 0.01],
    ["0.005", "0.005", 0.005],
    ["100.50", "100.5", 100.5],
    ["1234567.89", "1234567.89", 1234567.89],
    ["999999999999.999", "999999999999.999", 999999999999.999],
  ])("of %s is %s, and exactly that in JSON", (text, decimal, wire) => {
    const amount = thousandths(text)
    expect(decimalText(amount)).toBe(decimal)
    expect(wireNumber(amount)).toBe(wire)
    expect(JSON.stringify(wireNumber(amount))).toBe(decimal)
  })
})
