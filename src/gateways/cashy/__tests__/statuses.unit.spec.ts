import { orderOrigin, orderState, payoutState } from "../statuses"

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
  ])("means nothing is paid where it is none that Cashy documents: %j", (rawStatus) => {
    expect(orderState(rawStatus)).toBe("pending")
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

describe("Cashy's word for where an order comes from", () => {
  it.each([undefined, null, "", "api", "LINK", "constructor", "__proto__"])(
    "means the order that is named where it is missing or not documented: %j",
    (rawStatus) => {
      expect(orderOrigin(rawStatus)).toBe("ours")
    }
  )

  it.each([
    ["MCH", "by_hand"],
    ["PATCH", "additional"],
    ["API", "ours"],
    ["DESK", "ours"],
  ])("%s means %s", (rawStatus, origin) => {
    expect(orderOrigin(rawStatus)).toBe(origin)
  })
})

describe("Cashy's word for a payout", () => {
  it.each([
    ["PROCESSING", "processing"],
    ["WAITING", "processing"],
    ["PAYING", "processing"],
    ["SUCCESS", "succeeded"],
    ["FAIL", "failed"],
    ["CANCEL", "failed"],
  ])("%s means %s", (word, state) => {
    expect(payoutState(word)).toBe(state)
  })

  it.each([undefined, null, "", "success", "REFUND", "RETURNED", "constructor", "__proto__"])(
    "ends nothing where it is missing or not documented: %j",
    (word) => {
      expect(payoutState(word)).toBe("processing")
    }
  )
})
