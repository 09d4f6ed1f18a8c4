import { decimal } from "../../../gateways/shared/money"
import type { Decision } from "../../../providers/base/evaluate-report"
import { matchReceivedMoney, type BookingState, type MoneyFacts } from "../match-received-money"

const now = new Date("2030-01-01T00:00:00Z")
const earlier = new Date(now.getTime() - 1)
const later = new Date(now.getTime() + 1)
const order = {
  amount: "100.00",
  currency_code: "php",
  expires_at: null,
  session_released_at: null,
}

function decide(facts: Partial<MoneyFacts>) {
  return matchReceivedMoney({
    order,
    decision: { type: "paid" },
    received: came("100.00"),
    refunded: decimal("0"),
    bookingState: "nothing",
    isGivenUp: false,
    now,
    ...facts,
  })
}

const came = (...amounts: string[]) => amounts.map((amount) => ({ amount, currency_code: "php" }))
const mismatch: Decision = { type: "mismatch", explanation: "made up" }
const whole = (kind: string, amount = "100", currency = "php") => ({
  type: "unmatched",
  kind,
  amount,
  received: amount,
  currency,
})

describe("matchReceivedMoney", () => {
  it.each<[BookingState, boolean, unknown]>([
    ["booked", false, { type: "matched" }],
    ["booked", true, { type: "matched" }],
    ["uncaptured", false, whole("capture_not_booked")],
    ["uncaptured", true, whole("capture_not_booked")],
    ["bookable", false, { type: "nothing" }],
    ["bookable", true, whole("order_not_made")],
    ["stranded", false, whole("order_not_made")],
    ["other_payment", false, whole("paid_twice")],
    ["other_payment", true, whole("paid_twice")],
    ["nothing", false, whole("session_gone")],
    ["nothing", true, whole("session_gone")],
  ])(
    "what was paid as ordered and is %s in Medusa (given up: %s)",
    (bookingState, isGivenUp, is) => {
      expect(decide({ bookingState, isGivenUp })).toEqual(is)
    }
  )

  it.each<[string, string[], Decision, BookingState, unknown]>([
    ["more in parts, booked", ["60.00", "60.00"], { type: "paid" }, "booked", "surplus"],
    ["more in parts, not booked yet", ["120.00"], { type: "paid" }, "bookable", "nothing"],
    [
      "more in parts for a cart that changed",
      ["120.00"],
      { type: "paid" },
      "nothing",
      "session_gone",
    ],
    ["more at once", ["120.00"], mismatch, "bookable", "too_much"],
    ["less at once", ["99.99"], mismatch, "bookable", "too_little"],
    [
      "as much as was ordered, of which a part is another's",
      ["100.00"],
      mismatch,
      "bookable",
      "nothing",
    ],
  ])("%s", (_what, amounts, decision, bookingState, kind) => {
    const answer = decide({ received: came(...amounts), decision, bookingState })
    if (kind === "surplus") {
      expect(answer).toEqual({ ...whole("too_much", "120"), amount: "20" })
    } else {
      expect("kind" in answer ? answer.kind : answer.type).toBe(kind)
    }
  })

  it("what came in another currency is named by that currency, and as a whole", () => {
    const received = [
      ...came("50.00"),
      { amount: "1.50", currency_code: "usd" },
      { amount: "2.25", currency_code: "usd" },
    ]
    expect(decide({ received, decision: mismatch })).toEqual(whole("other_currency", "3.75", "usd"))
  })

  it.each<[string, MoneyFacts["total"], string]>([
    ["more", { amount: "305.00", currency_code: "php" }, "too_little"],
    ["a cent more", { amount: "100.01", currency_code: "php" }, "too_little"],
    ["less", { amount: "99.99", currency_code: "php" }, "too_much"],
    ["nothing any more", { amount: "0", currency_code: "php" }, "too_much"],
    ["as much of another currency", { amount: "100.00", currency_code: "usd" }, "other_currency"],
  ])(
    "what was paid as ordered for a cart that costs %s by now is a person's",
    (_what, total, kind) => {
      const bookingState = "other_total"
      expect(decide({ bookingState, total })).toEqual(whole(kind))
      expect(decide({ bookingState, total, isGivenUp: true })).toEqual(whole(kind))
      expect(decide({ bookingState, total, refunded: decimal("100") })).toEqual({
        type: "given_back",
      })
    }
  )

  describe("a part of the money", () => {
    const part = { received: came("40.00"), bookingState: "bookable" as const }
    const pending: Decision = { type: "pending" }

    it("is waited on while the rest can still come", () => {
      expect(decide({ ...part, decision: pending })).toEqual({ type: "nothing" })
      const stillOpen = { ...order, expires_at: later }
      expect(decide({ ...part, decision: pending, order: stillOpen })).toEqual({ type: "nothing" })
    })

    it.each<[string, Partial<MoneyFacts>]>([
      ["its time is over", { decision: pending, order: { ...order, expires_at: earlier } }],
      [
        "its session was let go",
        { decision: pending, order: { ...order, session_released_at: earlier } },
      ],
      ["its session is gone", { decision: pending, bookingState: "nothing" }],
      ["its cart was paid otherwise", { decision: pending, bookingState: "other_payment" }],
      ["it failed", { decision: { type: "failed" } }],
      ["it expired", { decision: { type: "expired" } }],
      ["it was canceled", { decision: { type: "canceled" } }],
    ])("is too little when %s", (_why, facts) => {
      expect(decide({ ...part, ...facts })).toEqual(whole("too_little", "40"))
    })
  })

  it.each<Decision["type"]>(["pending", "authorized", "failed", "expired", "canceled"])(
    "says nothing of an order that is %s and for which no money came",
    (type) => {
      const decision: Decision = type === "mismatch" ? mismatch : { type }
      expect(decide({ received: [], decision })).toEqual({ type: "nothing" })
    }
  )

  it("says nothing of what is only reserved", () => {
    expect(decide({ decision: { type: "authorized" } })).toEqual({ type: "nothing" })
  })

  it.each<BookingState>(["booked", "bookable", "other_payment", "nothing"])(
    "has nothing left of what was given back or taken back (%s)",
    (bookingState) => {
      for (const type of ["refunded", "chargeback"] as const) {
        expect(decide({ decision: { type }, bookingState, isGivenUp: true })).toEqual({
          type: "given_back",
        })
      }
    }
  )

  it("has nothing left when all that came was refunded, and all of it when a part was", () => {
    expect(decide({ refunded: decimal("100") })).toEqual({ type: "given_back" })
    expect(decide({ refunded: decimal("99.99") })).toEqual(whole("session_gone"))
  })
})
