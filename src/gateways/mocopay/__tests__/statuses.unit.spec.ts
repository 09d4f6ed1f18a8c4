import { decimal } from "../../shared/money"
import { paymentSession } from "../messages"
import { paymentOf, showsMoney, type MocopayPrice } from "../statuses"
import { paidSession, unpaidSession } from "./fake-mocopay"

const price: MocopayPrice = { amount: decimal("10.00"), currency: "eur", type: "onetime" }

const read = (change: object) => paymentSession.parse({ ...paidSession, ...change })
const paid = (change: object, of: Partial<MocopayPrice> = {}) =>
  paymentOf(read(change), { ...price, ...of })

/** A subscription after two series; the example of the vendor, with its own numbers. */
const subscription = {
  type: "subscription",
  series: 2,
  chargedAmount: 0,
  lastChargedAmount: 10,
  totalChargedAmount: 20,
}

describe("a session that was not charged", () => {
  it.each([
    "Authorized",
    "PaymentComplete",
    "Paid",
    "SUCCESS",
    "Failed",
    "constructor",
    "__proto__",
    "",
    null,
  ])("is pending, whatever word it has: %j", (status) => {
    expect(paymentOf(read({ ...unpaidSession, status }), price)).toEqual({ state: "pending" })
  })

  it.each([null, undefined, 0, "0.00", -10])("is pending with a total of %j", (total) => {
    expect(paid({ totalChargedAmount: total })).toEqual({ state: "pending" })
    expect(showsMoney(read({ totalChargedAmount: total }))).toBe(false)
  })

  it("is pending although the last charge or the series in progress names the price", () => {
    expect(paid({ totalChargedAmount: 0, chargedAmount: 10, lastChargedAmount: 10 })).toEqual({
      state: "pending",
    })
  })

  it("has failed where an amount has", () => {
    expect(paid({ totalChargedAmount: 0, totalFailedAmount: 10 })).toEqual({ state: "failed" })
  })
})

describe("a session that was charged", () => {
  it.each(["Authorized", "Failed", "whatever", null])(
    "is paid, whatever word it has: %j",
    (status) => {
      expect(paid({ status })).toEqual({ state: "paid", amount: "10", currency: "eur" })
    }
  )

  it("is pending while it is less than the price, which may be billed in steps", () => {
    expect(paid({ totalChargedAmount: 9.99 })).toEqual({ state: "pending" })
    expect(paid({ totalChargedAmount: 5, totalFailedAmount: 5 })).toEqual({ state: "pending" })
    expect(showsMoney(read({ totalChargedAmount: 0.01 }))).toBe(true)
  })

  it("is told as it is where it is more than the price, or in another currency", () => {
    expect(paid({ totalChargedAmount: "10.01" })).toMatchObject({ state: "paid", amount: "10.01" })
    expect(paid({ currencyCode: "TES" })).toMatchObject({ state: "paid", currency: "tes" })
    expect(paid({ currencyCode: "TES", totalChargedAmount: 1 })).toMatchObject({ amount: "1" })
  })

  it.each([null, undefined, ""])("proves nothing without a currency: %j", (currencyCode) => {
    expect(paid({ currencyCode })).toEqual({ state: "pending" })
  })

  it("is paid although an earlier try has failed", () => {
    expect(paid({ totalFailedAmount: 10 })).toMatchObject({ state: "paid" })
  })
})

describe("a subscription", () => {
  it("is paid by its first series, and nothing came later", () => {
    const first = { ...subscription, series: 1, totalChargedAmount: 10 }
    expect(paid(first)).toEqual({ state: "paid", amount: "10", currency: "eur" })
  })

  it("tells its first series as it is: it must be the price and no more", () => {
    const first = { ...subscription, series: 1, totalChargedAmount: 12 }
    expect(paid(first)).toMatchObject({ state: "paid", amount: "12" })
  })

  it("is paid by the price alone once there are more, which are told beside it", () => {
    expect(paid(subscription)).toEqual({
      state: "paid",
      amount: "10",
      currency: "eur",
      laterSeries: { number: 2, total: "20" },
    })
  })

  it("has no later series where only one of its many tries was charged, as in the vendor's example", () => {
    expect(paid({ ...subscription, series: 120, totalChargedAmount: 10 })).toEqual({
      state: "paid",
      amount: "10",
      currency: "eur",
    })
  })

  it("is not paid by many series where each costs more than the price", () => {
    expect(paid({ ...subscription, lastChargedAmount: 12, totalChargedAmount: 24 })).toEqual({
      state: "pending",
    })
  })

  it("is what the shop says where MoCoPay does not say it or uses a word of its own", () => {
    for (const type of [undefined, null, "recurring", "constructor"]) {
      expect(paid({ ...subscription, type }, { type: "subscription" })).toMatchObject({
        amount: "10",
      })
      expect(paid({ ...subscription, type })).toMatchObject({ amount: "20" })
    }
  })

  it("is what MoCoPay says where the shop thought of it as one payment", () => {
    expect(paid(subscription, { type: "onetime" })).toMatchObject({ amount: "10" })
    expect(paid({ ...subscription, type: "onetime" }, { type: "subscription" })).toMatchObject({
      amount: "20",
    })
  })
})
