import { BigNumber, MathBN } from "@medusajs/framework/utils"
import { InvalidAmountError } from "../../../gateways/shared/money"
import { medusaAmount } from "../amounts"

describe("what is no amount", () => {
  it.each([
    ["an empty text", ""],
    ["a word", "ten"],
    ["a text with a comma", "1,234.50"],
    ["not a number", NaN],
    ["no end", Infinity],
    ["an object that holds a word", { value: "ten", precision: 20 }],
  ])("is refused: %s", (_what, amount) => {
    expect(() => medusaAmount(amount)).toThrow(InvalidAmountError)
  })
})

describe("an amount of Medusa's", () => {
  it.each([
    ["a number", 111.9888, "111.9888"],
    ["a number that binary can't hold", 0.1, "0.1"],
    ["a text", "1234567.89", "1234567.89"],
    ["a text with zeros at its end", "100.00", "100"],
    ["the plain object that refunds come with", { value: "12.34", precision: 20 }, "12.34"],
    ["Medusa's own BigNumber", new BigNumber("99.99"), "99.99"],
    ["a BigNumber of its library", MathBN.convert("99.99"), "99.99"],
    ["a very small number", 0.0000001, "0.0000001"],
    ["a very large number", 1e21, "1000000000000000000000"],
    [
      "more digits than a number can hold",
      { value: "12345678901234567890.12", precision: 20 },
      "12345678901234567890.12",
    ],
    ["zero", 0, "0"],
    ["less than nothing", "-5.50", "-5.5"],
  ])("is read exactly: %s", (_what, amount, expected) => {
    expect(medusaAmount(amount)).toBe(expected)
  })

  it("of a computed total keeps every place", () => {
    expect(medusaAmount(MathBN.mult("99.99", "1.12"))).toBe("111.9888")
    expect(medusaAmount(new BigNumber(MathBN.mult("99.99", "1.12")))).toBe("111.9888")
  })
})
