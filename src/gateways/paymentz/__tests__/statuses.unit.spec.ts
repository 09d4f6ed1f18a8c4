import { decimal } from "../../shared/money"
import {
  amountOutcome,
  isPayoutStatus,
  listedStatus,
  payoutState,
  refundReview,
  voidOutcome,
  transactionStage,
  type TransactionStage,
} from "../statuses"

describe("a status that is not listed", () => {
  it.each([undefined, "", "paid", "success", "constructor", "__proto__", "capturesuccess ", "y"])(
    "leaves the payment open: %j",
    (rawStatus) => {
      expect(transactionStage(rawStatus, "DB")).toBe("open")
      expect(transactionStage(rawStatus, "PA")).toBe("open")
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
  ])("%s means %s, whatever the payment's type", (rawStatus, stage) => {
    expect(transactionStage(rawStatus, "DB")).toBe(stage)
    expect(transactionStage(rawStatus, "PA")).toBe(stage)
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
  ])("%s means %s", (rawStatus, stage) => {
    expect(transactionStage(rawStatus, "DB")).toBe(stage)
    expect(transactionStage(rawStatus, "PA")).toBe(stage)
    expect(transactionStage(rawStatus, undefined)).toBe(stage)
  })

  it("says of a payment whose type only a browser told that it was made, and not whether money was taken", () => {
    expect(transactionStage("Y", undefined)).toBe("approved")
  })

  it.each(["y", "3d", "constructor", "__proto__"])("is none: %s", (rawStatus) => {
    expect(transactionStage(rawStatus, undefined)).toBe("open")
  })
})

it("a payout's words are told apart from a payment's", () => {
  expect(["payoutsuccessful", "PayoutFailed"].every(isPayoutStatus)).toBe(true)
  expect([undefined, "", "capturesuccess", "nopayout"].some(isPayoutStatus)).toBe(false)
})

describe("Paymentz' word for a payout", () => {
  it.each([
    ["payoutstarted", "processing"],
    ["payoutsuccessful", "succeeded"],
    ["PayoutSuccessful", "succeeded"],
    ["payoutfailed", "failed"],
    ["reversed", "returned"],
  ])("%s means %s", (word, state) => {
    expect(payoutState(word)).toBe(state)
  })

  it.each([undefined, "", "Y", "N", "capturesuccess", "constructor", "__proto__"])(
    "tells nothing where it is in no row: %j",
    (word) => {
      expect(payoutState(word)).toBeUndefined()
    }
  )
})

describe("the status that a search looks for", () => {
  it.each([
    ["capturesuccess", "capturesuccess"],
    ["CaptureSuccess", "capturesuccess"],
    ["Y", undefined],
    ["constructor", undefined],
    [undefined, undefined],
  ])("is the one of the vendor's list: %s", (word, listed) => {
    expect(listedStatus(word)).toBe(listed)
  })
})

const wanted = decimal("50.00")
const line = (captured?: string, refunded?: string) => ({
  paymentId: "54289",
  ...(captured ? { captured: decimal(captured) } : {}),
  ...(refunded ? { refunded: decimal(refunded) } : {}),
})

const all: TransactionStage[] = [
  "open",
  "moving",
  "reserved",
  "captured",
  "capture_failed",
  "failed",
  "canceled",
  "reversed",
  "charged_back",
  "approved",
]

describe("a capture whose answer never came", () => {
  it.each(all)("is done where the list names its amount, whatever the stage: %s", (stage) => {
    expect(amountOutcome("capture", wanted, stage, line("50"))).toBe("done")
  })

  it("was not made where another amount was captured: each payment is captured once", () => {
    expect(amountOutcome("capture", wanted, "captured", line("20.00"))).toBe("declined")
  })

  it.each([
    ["reserved", "may_repeat"],
    ["approved", "may_repeat"],
    ["moving", "unknown"],
    ["captured", "unknown"],
    ["reversed", "unknown"],
    ["charged_back", "unknown"],
    ["open", "unknown"],
    ["capture_failed", "declined"],
    ["canceled", "declined"],
    ["failed", "declined"],
  ] as const)("at the stage %s, without an amount in the list, is %s", (stage, outcome) => {
    expect(amountOutcome("capture", wanted, stage, undefined)).toBe(outcome)
    expect(amountOutcome("capture", wanted, stage, line("0.00"))).toBe(outcome)
  })
})

describe("a refund whose answer never came", () => {
  it.each(all)("is done where the list names its amount, whatever the stage: %s", (stage) => {
    expect(amountOutcome("refund", wanted, stage, line("50", "50.00"))).toBe("done")
  })

  it("was not made where another amount was refunded: each payment is refunded once", () => {
    expect(amountOutcome("refund", wanted, "reversed", line("50", "20.00"))).toBe("declined")
  })

  const isThere = (stage: TransactionStage) => stage === "captured" || stage === "approved"

  it.each(all.filter(isThere))(
    "may be sent again while the money is there: a second one is refused (%s)",
    (stage) => {
      expect(amountOutcome("refund", wanted, stage, line("50", "0.00"))).toBe("may_repeat")
    }
  )

  it.each(all.filter((stage) => !isThere(stage)))(
    "is not known at the stage %s, without an amount in the list",
    (stage) => {
      expect(amountOutcome("refund", wanted, stage, line("50"))).toBe("unknown")
      expect(amountOutcome("refund", wanted, stage, undefined)).toBe("unknown")
    }
  )
})

describe("a reversal whose answer never came", () => {
  it.each([
    ["canceled", "done"],
    ["reversed", "done"],
    ["failed", "done"],
    ["reserved", "may_repeat"],
    ["approved", "may_repeat"],
    ["captured", "declined"],
    ["charged_back", "declined"],
    ["moving", "unknown"],
    ["capture_failed", "unknown"],
    ["open", "unknown"],
  ] as const)("at the stage %s is %s", (stage, outcome) => {
    expect(voidOutcome(stage, undefined)).toBe(outcome)
  })

  it("was not made where what is reversed had been captured", () => {
    expect(voidOutcome("reversed", line("50.00"))).toBe("declined")
  })
})

describe("a refund that was said to be made", () => {
  it("stands where the payment or the list says so, whatever the other says", () => {
    expect(refundReview("reversed", undefined)).toBe("stands")
    expect(all.map((stage) => refundReview(stage, line("50", "50")))).toEqual(
      all.map(() => "stands")
    )
  })

  it("has failed where the payment is captured as before and the list names nothing as refunded", () => {
    expect(refundReview("captured", line("50", "0.00"))).toBe("failed")
  })

  it("is not known of where the list says nothing, or the payment is on its way", () => {
    expect(refundReview("captured", line("50"))).toBe("unknown")
    expect(refundReview("captured", undefined)).toBe("unknown")
    expect(refundReview("moving", line("50", "0.00"))).toBe("unknown")
  })
})
