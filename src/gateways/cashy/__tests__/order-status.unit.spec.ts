import { orderState } from "../order-status"

describe("Cashy's word for an order", () => {
  it.each([
    undefined,
    null,
    "",
    "PROCESSING",
    "WAITING",
    "CANCEL",
    "EXPIRED",
    "REFUND",
    "success",
    "SUCCESS ",
    "SUCCESSFUL",
    "constructor",
    "__proto__",
  ])("means nothing is paid where it is none that Cashy documents: %j", (word) => {
    expect(orderState(word)).toBe("pending")
  })

  it("means that the shopper can still pay where it is PAYING", () => {
    expect(orderState("PAYING")).toBe("pending")
  })

  it("means a failed payment where it is FAIL", () => {
    expect(orderState("FAIL")).toBe("failed")
  })

  it("means paid where it is SUCCESS, and only there", () => {
    expect(orderState("SUCCESS")).toBe("paid")
  })
})
