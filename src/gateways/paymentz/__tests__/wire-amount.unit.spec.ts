import { GatewayDeclinedError } from "../../shared/errors"
import { checkoutAmount, wireAmount } from "../wire-amount"

const refused = (call: () => unknown) => expect(call).toThrow(GatewayDeclinedError)

describe("an amount on the wire", () => {
  it.each([
    ["a third decimal that is not zero", "1.001"],
    ["a third decimal that would round up", "1.239"],
  ])("is never rounded: it is refused with %s", (_what, amount) => {
    refused(() => wireAmount("refund", amount))
  })

  it.each([
    ["100", "100.00"],
    ["0.01", "0.01"],
    ["1.230", "1.23"],
    ["1234567.89", "1234567.89"],
    ["123456789012.5", "123456789012.50"],
  ])("has two decimals whatever the currency: %s is %s", (amount, written) => {
    expect(wireAmount("pay", amount)).toBe(written)
  })
})

describe("an amount on the hosted page", () => {
  it("is refused with nine digits before the point, and the sentence says so", () => {
    refused(() => checkoutAmount("100000000"))
    expect(() => checkoutAmount("100000000.00")).toThrow(/more than 8 digits before the point/)
  })

  it("may have eight", () => {
    expect(checkoutAmount("99999999.99")).toBe("99999999.99")
  })
})
