import { record, withCode } from "../../../gateways/paymentz/__tests__/fake-paymentz"
import type { Answer } from "../../../gateways/shared/__tests__/fake-gateway"
import type { KnownOrder } from "../../base/gateway"
import { gatewayUnderTest, knownOrder, startedServer } from "./gateway-under-test"

const server = startedServer()

const manual = { payment_type: "PA", opened_on: "2030-01-31" }
const ask = (change: Partial<KnownOrder> = {}, options: Record<string, unknown> = {}) =>
  gatewayUnderTest({ baseUrl: server.url, ...options }).queryOrder(knownOrder(change))
const notFound = withCode("10026")
const money = [{ gatewayId: "54289", amount: "50", currency: "usd" }]

describe("an order that the gateway does not know", () => {
  it("is pending: its form was not posted yet", async () => {
    server.answers = [notFound]
    expect(await ask({ gatewayId: undefined })).toEqual({
      state: "pending",
      rawStatus: null,
      money: [],
    })
  })

  it("is not paid by a payment that somebody named and that is another order's", async () => {
    server.answers = [record({ paymentId: "777", merchantTransactionId: "ORD9" }), notFound]
    expect(await ask({ gatewayId: undefined, candidateIds: ["777"] })).toMatchObject({
      state: "pending",
    })
  })
})

describe("an order whose record proves nothing", () => {
  it.each([
    ["no amount", { amount: null }],
    ["an amount that is none", { amount: "fifty" }],
    ["no currency", { currency: "" }],
  ])("is pending where it names %s", async (_what, fields) => {
    server.answers = [record(fields)]
    expect(await ask()).toMatchObject({
      state: "pending",
      rawStatus: "capturesuccess",
      message: "the gateway names no amount or no currency",
      money: [],
    })
  })

  it("is told with the money that came, where that is not what was ordered", async () => {
    server.answers = [record({ amount: "5.00", currency: "EUR" })]
    expect(await ask()).toMatchObject({
      state: "paid",
      money: [{ gatewayId: "54289", amount: "5", currency: "eur" }],
    })
  })
})

describe("an order's state", () => {
  it.each([
    ["begun", "pending", "pending"],
    ["authstarted", "pending", "pending"],
    ["authsuccessful", "pending", "authorized"],
    ["authfailed", "failed", "failed"],
    ["authcancelled", "canceled", "canceled"],
    ["cancelstarted", "pending", "pending"],
    ["cancelled", "canceled", "canceled"],
    ["capturestarted", "pending", "pending"],
    ["capturesuccess", "paid", "paid"],
    ["capturefailed", "failed", "pending"],
    ["settled", "paid", "paid"],
    ["markedforreversal", "pending", "pending"],
    ["chargeback", "chargeback", "chargeback"],
    ["failed", "failed", "failed"],
    ["payoutsuccessful", "pending", "pending"],
    ["something new", "pending", "pending"],
  ])(
    "at the word %s is %s where it is taken at once, %s where it is reserved",
    async (rawStatus, db, pa) => {
      server.answers = [record({ status: rawStatus })]
      expect(await ask()).toMatchObject({ state: db, rawStatus, gatewayId: "54289" })
      expect(await ask({ gatewayData: manual })).toMatchObject({ state: pa, rawStatus })
    }
  )

  it("is that of the way in which it was opened, whatever the option says by now", async () => {
    server.answers = [record({ status: "authsuccessful" })]
    expect(await ask({ gatewayData: manual }, { capture: "automatic" })).toMatchObject({
      state: "authorized",
      money,
    })
    expect(await ask({ gatewayData: {} }, { capture: "manual" })).toMatchObject({
      state: "authorized",
    })
  })
})

describe("an order that was reversed", () => {
  const asked = async (gatewayData: KnownOrder["gatewayData"], line: object | undefined) => {
    const transaction = {
      systemPaymentId: "54289",
      merchantTransactionId: "ORD1001",
      ...line,
    }
    server.answerFor = ({ path }): Answer =>
      path === "/getTransactionList"
        ? withCode("00026", { transaction: line ? [transaction] : [] })
        : record({ status: "reversed" })
    return (await ask({ gatewayData })).state
  }
  const debit = knownOrder().gatewayData

  it("was given back, unless the list names only a part", async () => {
    expect(await asked(debit, { captureamount: "50.00", refundamount: "50.00" })).toBe("refunded")
    expect(await asked(debit, { captureamount: "50.00", refundamount: "20.00" })).toBe("paid")
    expect(await asked(debit, undefined)).toBe("refunded")
  })

  it("was released where it was reserved and never captured", async () => {
    expect(await asked(manual, { captureamount: "0.00" })).toBe("canceled")
    expect(await asked(manual, undefined)).toBe("canceled")
  })

  it("was given back where it was reserved, captured in part and refunded", async () => {
    expect(await asked(manual, { captureamount: "30.00", refundamount: "30.00" })).toBe("refunded")
    expect(await asked(manual, { captureamount: "30.00", refundamount: "10.00" })).toBe("paid")
  })
})

describe("an approval in the short word alone, for a form that a browser carried", () => {
  const approved = { status: null, transactionStatus: "Y" }
  const asked = async (gatewayData: KnownOrder["gatewayData"], line?: object) => {
    const transaction = { systemPaymentId: "54289", merchantTransactionId: "ORD1001", ...line }
    server.answerFor = ({ path }): Answer =>
      path === "/getTransactionList"
        ? withCode("00026", { transaction: line ? [transaction] : [] })
        : record(approved)
    return await ask({ gatewayData })
  }
  const debit = knownOrder().gatewayData
  const sentByServer = { ...debit, payment_type_sent_by: "server" }

  it("is paid where the list of transactions names what was captured, and that amount", async () => {
    expect(await asked(debit, { captureamount: "50.00" })).toMatchObject({ state: "paid", money })
    expect(await asked(manual, { captureamount: "20.00" })).toMatchObject({
      state: "paid",
      money: [{ gatewayId: "54289", amount: "20", currency: "usd" }],
    })
  })

  it("is reserved where the list says that nothing was captured: a debit that a browser changed is told of", async () => {
    const report = await asked(debit, { captureamount: "0.00" })
    expect(report).toMatchObject({ state: "pending", alert: expect.stringContaining("reserved") })
    expect(await asked(manual, { captureamount: "0.00" })).toMatchObject({ state: "authorized" })
  })

  it.each([undefined, {}, { captureamount: "" }, { captureamount: "n/a" }])(
    "proves nothing, and is told of, where the list names no amount: %j",
    async (line) => {
      expect(await asked(debit, line)).toMatchObject({
        state: "pending",
        alert: expect.stringContaining("does not say whether"),
      })
    }
  )

  it("is what the shop's own server sent, where it was the one who told", async () => {
    server.answers = [record(approved)]
    expect(await ask({ gatewayData: sentByServer })).toMatchObject({ state: "paid", money })
    expect(server.requests.filter(({ path }) => path === "/getTransactionList")).toEqual([])
  })

  it("is told of where it is reserved by the long word, though it was to be taken at once", async () => {
    server.answers = [record({ status: "authsuccessful" })]
    expect(await ask()).toMatchObject({
      state: "pending",
      alert: expect.stringContaining("reserved"),
    })
    expect(await ask({ gatewayData: manual })).not.toHaveProperty("alert")
  })
})

describe("one payment of an order, by the gateway's number", () => {
  const one = (paymentId: string) =>
    gatewayUnderTest({ baseUrl: server.url }).queryPayment?.(knownOrder(), paymentId)

  it("is told with its money where it took some under our reference", async () => {
    server.answers = [record({ paymentId: "777" })]
    expect(await one("777")).toEqual({ gatewayId: "777", amount: "50", currency: "usd" })
  })

  it.each([
    ["another order's", { paymentId: "777", merchantTransactionId: "ORD9" }],
    ["another payment", { paymentId: "778" }],
    ["one that failed", { paymentId: "777", status: "authfailed" }],
    ["one that is reserved", { paymentId: "777", status: "authsuccessful" }],
    ["one without a currency", { paymentId: "777", currency: "" }],
  ])("is none where it is %s", async (_what, fields) => {
    server.answers = [record(fields)]
    expect(await one("777")).toBeUndefined()
  })
})
