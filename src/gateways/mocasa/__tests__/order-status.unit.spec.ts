import { orderState } from "../order-status"

describe("Mocasa's word for an order", () => {
  it.each([
    undefined,
    null,
    "",
    "pending",
    "processing",
    "refunded",
    "settled",
    "successful",
    "unsuccess",
    "success ",
    "SUCCESS",
    "constructor",
    "__proto__",
    "toString",
  ])("means nothing is paid where it is none that Mocasa documents: %j", (word) => {
    expect(orderState(word)).toBe("pending")
  })

  it("means a failed try where it is failed", () => {
    expect(orderState("failed")).toBe("failed")
  })

  it("means paid where it is success, and only there", () => {
    expect(orderState("success")).toBe("paid")
  })
})
