import { isLess, isWhole, parseAmount, sumOf, withoutZeros } from "../protocol"

describe("parseAmount", () => {
  it.each(["", "0", "0.00", "-1", "+1", "1.", ".5", "1.005", "1,000", "01", " 1", "1\n", "1e2"])(
    "refuses %j",
    (text) => expect(parseAmount(text)).toBeUndefined()
  )

  it("refuses more than eighteen digits before the point", () => {
    expect(parseAmount("9".repeat(18))).toBe(`${"9".repeat(18)}.00`)
    expect(parseAmount("9".repeat(19))).toBeUndefined()
  })

  it.each([
    ["100", "100.00"],
    ["100.0", "100.00"],
    ["0.01", "0.01"],
    ["1234567.89", "1234567.89"],
  ])("takes %s for %s", (text, amount) => expect(parseAmount(text)).toBe(amount))
})

describe("an amount", () => {
  it.each([
    ["100.00", "100"],
    ["100.50", "100.5"],
    ["0.05", "0.05"],
    ["100", "100"],
    ["1700", "1700"],
  ])("%s is %s without the zeros at its end", (amount, plain) => {
    expect(withoutZeros(amount)).toBe(plain)
  })

  it("is whole where nothing stands behind the point", () => {
    expect(isWhole("100.00")).toBe(true)
    expect(isWhole("100.01")).toBe(false)
  })

  it("is held against another to the last digit", () => {
    const large = "9007199254740993"
    expect(isLess(`${large}.00`, `${large}.01`)).toBe(true)
    expect(isLess(`${large}.01`, `${large}.01`)).toBe(false)
    expect(isLess("100.00", "99.99")).toBe(false)
  })
})

it.each([
  ["0.00", []],
  ["0.03", [{ amount: "0.03", sign: 1 }]],
  ["-1.05", [{ amount: "1.05", sign: -1 }]],
  [
    "900719925474099200.30",
    [
      { amount: "900719925474099200.10", sign: 1 },
      { amount: "0.20", sign: 1 },
    ],
  ],
])("the sum %s is exact", (sum, terms) => expect(sumOf(terms)).toBe(sum))
