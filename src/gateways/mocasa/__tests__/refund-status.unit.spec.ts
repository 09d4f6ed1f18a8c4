import { refundOutcome } from "../refund-status"

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
  ])("is no confirmation, and no refusal either: %j", (word) => {
    expect(refundOutcome(word)).toBe("unknown")
  })

  it.each(["failed", "FAILED"])("is a refusal: %s", (word) => {
    expect(refundOutcome(word)).toBe("declined")
  })

  it.each(["success", "SUCCESS", "Success"])("is a confirmation: %s", (word) => {
    expect(refundOutcome(word)).toBe("done")
  })
})
