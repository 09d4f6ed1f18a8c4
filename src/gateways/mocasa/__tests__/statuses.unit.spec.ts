import { accountState, orderState, refundOutcome, transferState } from "../statuses"

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
  ])("means nothing is paid where it is none that Mocasa documents: %j", (rawStatus) => {
    expect(orderState(rawStatus)).toBe("pending")
  })

  it("means a failed try where it is failed", () => {
    expect(orderState("failed")).toBe("failed")
  })

  it("means paid where it is success, and only there", () => {
    expect(orderState("success")).toBe("paid")
  })
})

describe("Mocasa's word for a refund", () => {
  it.each([
    undefined,
    null,
    "",
    "processing",
    "PROCESSING",
    "pending",
    "accepted",
    "init",
    "ok",
    "successful",
    "not success",
    "refunded",
    "1",
    "constructor",
    "__proto__",
  ])("is no confirmation, and no refusal either: %j", (rawStatus) => {
    expect(refundOutcome(rawStatus)).toBe("unknown")
  })

  it.each(["failed", "FAILED"])("is a refusal: %s", (rawStatus) => {
    expect(refundOutcome(rawStatus)).toBe("declined")
  })

  it.each(["success", "SUCCESS", "Success"])("is a confirmation: %s", (rawStatus) => {
    expect(refundOutcome(rawStatus)).toBe("done")
  })
})

describe("Mocasa's word for a transfer", () => {
  it.each([
    ["success", "succeeded"],
    ["failed", "failed"],
  ])("%s means %s", (word, state) => {
    expect(transferState(word)).toBe(state)
  })

  it.each([undefined, null, "", "SUCCESS", "pending", "refused", "constructor", "__proto__"])(
    "ends nothing where it is missing or not documented: %j",
    (word) => {
      expect(transferState(word)).toBe("processing")
    }
  )
})

describe("Mocasa's word for a beneficiary", () => {
  it.each([
    ["success", "accepted"],
    ["SUCCESS", "accepted"],
    ["failed", "refused"],
    ["Failed", "refused"],
  ])("%s means %s", (word, state) => {
    expect(accountState(word)).toBe(state)
  })

  it.each([undefined, null, "", "pending", "successful", "constructor", "__proto__"])(
    "makes nobody payable where it is missing or not documented: %j",
    (word) => {
      expect(accountState(word)).toBe("open")
    }
  )
})
