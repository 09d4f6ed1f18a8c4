import { decimal } from "../../shared/money"
import { limitProblem } from "../amount-limits"

const limits = { minAmount: decimal("100"), maxAmount: decimal("50000") }
const problem = (amount: string, given: object = limits) =>
  limitProblem(given, decimal(amount), "pkr")

describe("the limits of an amount", () => {
  it.each(["99.99", "0.01", "50000.01", "1234567.89"])("refuse %s, naming both", (amount) => {
    expect(problem(amount)).toMatchObject({
      outcome: "declined",
      gatewayMessage: `${amount} PKR can't be paid in one payment: it takes at least 100.00 and at most 50000.00`,
    })
  })

  it("name only the one there is", () => {
    expect(problem("99", { minAmount: decimal("100") })?.gatewayMessage).toMatch(
      /^99\.00 PKR .* at least 100\.00$/
    )
    expect(problem("101", { maxAmount: decimal("100") })?.gatewayMessage).toMatch(
      /^101\.00 PKR .* at most 100\.00$/
    )
  })

  it("take what lies between them, and they themselves", () => {
    expect(["100", "100.01", "9999", "50000"].map((amount) => problem(amount))).toEqual(
      Array(4).fill(undefined)
    )
  })

  it("are none where none were agreed on", () => {
    expect(problem("0.01", {})).toBeUndefined()
    expect(problem("99999999", { minAmount: decimal("1") })).toBeUndefined()
  })
})
