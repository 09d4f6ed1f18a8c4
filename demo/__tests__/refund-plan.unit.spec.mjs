import { describe, expect, it } from "@jest/globals"
import { expectedRefunds, refundAmount } from "../tour/refund-plan.mjs"

describe("the refunds of the tour", () => {
  it("come to the whole payment in two parts, the odd cent in the second", () => {
    const order = { captured: "17.69", currency: "usd" }
    expect(expectedRefunds("multiple_partial", order)).toEqual(["8.84", "8.85"])
  })

  it("come to one part where the gateway refunds one time only", () => {
    expect(expectedRefunds("single_partial", { captured: "26", currency: "eur" })).toEqual([
      "13.00",
    ])
  })

  it("are none where every try is to be refused", () => {
    expect(expectedRefunds("none", { captured: "26", currency: "eur" })).toEqual([])
  })

  it("leave out the part that a gateway refuses which refunds in full only", () => {
    expect(expectedRefunds("full", { captured: "1159.99", currency: "php" })).toEqual(["1159.99"])
  })

  it("are asked for in the places of the currency", () => {
    const order = { captured: "4101", refunded: "0", currency: "pkr" }
    expect(refundAmount("half", order)).toBe("2050")
    expect(refundAmount("rest", { ...order, refunded: "2050" })).toBe("2051")
  })
})
