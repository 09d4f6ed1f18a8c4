import { isPayoutWord, transactionStage } from "../transaction-status"

describe("a status that is not listed", () => {
  it.each([undefined, "", "paid", "success", "constructor", "__proto__", "capturesuccess ", "y"])(
    "leaves the payment open: %j",
    (word) => {
      expect(transactionStage(word, "DB")).toBe("open")
      expect(transactionStage(word, "PA")).toBe("open")
    }
  )
})

describe("a long status", () => {
  it.each([
    ["begun", "open"],
    ["authstarted", "open"],
    ["authsuccessful", "reserved"],
    ["authfailed", "failed"],
    ["authcancelled", "canceled"],
    ["cancelstarted", "moving"],
    ["cancelled", "canceled"],
    ["capturestarted", "moving"],
    ["capturesuccess", "captured"],
    ["capturefailed", "capture_failed"],
    ["settled", "captured"],
    ["markedforreversal", "moving"],
    ["reversed", "reversed"],
    ["chargeback", "charged_back"],
    ["failed", "failed"],
    ["payoutstarted", "open"],
    ["payoutsuccessful", "open"],
    ["payoutfailed", "open"],
  ])("%s means %s, whatever the payment's type", (word, stage) => {
    expect(transactionStage(word, "DB")).toBe(stage)
    expect(transactionStage(word, "PA")).toBe(stage)
  })

  it("means the same in other letters", () => {
    expect(transactionStage("CaptureSuccess", "DB")).toBe("captured")
  })
})

describe("a short status", () => {
  it("says that what was asked for was done, which is less for a reservation", () => {
    expect(transactionStage("Y", "DB")).toBe("captured")
    expect(transactionStage("Y", "PA")).toBe("reserved")
  })

  it.each([
    ["N", "failed"],
    ["P", "open"],
    ["3D", "open"],
    ["C", "canceled"],
  ])("%s means %s", (word, stage) => {
    expect(transactionStage(word, "DB")).toBe(stage)
    expect(transactionStage(word, "PA")).toBe(stage)
  })
})

it("a payout's words are told apart from a payment's", () => {
  expect(["payoutsuccessful", "PayoutFailed"].every(isPayoutWord)).toBe(true)
  expect([undefined, "", "capturesuccess"].some(isPayoutWord)).toBe(false)
})
