import type { PaymentzOperation } from "../messages"
import { resultMeaning } from "../errors"

describe("a result code", () => {
  it.each([undefined, "", "0", "1", "00002", "constructor", "__proto__", "110", "1100", "110055"])(
    "that is not listed leaves the outcome of a refund unknown: %j",
    (code) => {
      expect(resultMeaning("refund", code)).toBe("unknown")
    }
  )

  const foreign: [PaymentzOperation, string][] = [
    ["refund", "00001"],
    ["refund", "00004"],
    ["refund", "00006"],
    ["refund", "00026"],
    ["refund", "200"],
    ["refund", "10005"],
    ["refund", "10007"],
    ["capture", "00001"],
    ["capture", "00005"],
    ["capture", "10006"],
    ["void", "00005"],
    ["void", "10006"],
    ["payWithToken", "00004"],
    ["payWithToken", "00026"],
    ["payOut", "00005"],
    ["payOut", "10002"],
    ["payOut", "10006"],
  ]
  it.each(foreign)("of another operation leaves it unknown: %s %s", (operation, code) => {
    expect(resultMeaning(operation, code)).toBe("unknown")
  })

  const done: [PaymentzOperation, string][] = [
    ["authToken", "200"],
    ["regenerateToken", "200"],
    ["pay", "00001"],
    ["payWithToken", "00001"],
    ["payOut", "00001"],
    ["capture", "00004"],
    ["refund", "00005"],
    ["void", "00006"],
    ["inquire", "00026"],
  ]
  it.each(done)("says that %s was done: %s", (operation, code) => {
    expect(resultMeaning(operation, code)).toBe("done")
  })

  const declined: [PaymentzOperation, string][] = [
    ["pay", "10001"],
    ["capture", "10001"],
    ["refund", "10002"],
    ["capture", "10005"],
    ["refund", "10006"],
    ["void", "10007"],
    ["payWithToken", "11005"],
    ["payWithToken", "11013"],
    ["payWithToken", "11014"],
    ["payWithToken", "11033"],
    ["payWithToken", "11099"],
    ["payOut", "10001"],
    ["payOut", "11005"],
  ]
  it.each(declined)("says that %s was finally refused: %s", (operation, code) => {
    expect(resultMeaning(operation, code)).toBe("declined")
  })

  it("says that there is no such record", () => {
    expect(resultMeaning("inquire", "10026")).toBe("not_found")
  })
})
