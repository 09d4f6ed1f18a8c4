import {
  MocopayServer,
  paidSession,
  redirectUrl,
  reference,
  sessionId,
  unpaidSession,
} from "../../../gateways/mocopay/__tests__/fake-mocopay"
import { started } from "../../../gateways/shared/__tests__/fake-gateway"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, OrderToOpen } from "../../base/gateway"
import { gatewayUnderTest } from "./gateway-under-test"

describe("gateway", () => {
  const toOpen: OrderToOpen = { reference, amount: "10.00", currency: "eur", payer: {} }
  const order: KnownOrder = {
    reference,
    amount: "10.00",
    currency: "eur",
    gatewayData: { pid: "PP27638049" },
    candidateIds: [],
  }

  let server: MocopayServer
  let records: GatewayCallRecord[]

  beforeEach(async () => {
    server = await started(new MocopayServer())
    records = []
  })

  const gateway = (change: Record<string, unknown> = {}) =>
    gatewayUnderTest({ baseUrl: server.url, ...change }, (record) => void records.push(record))

  describe("an order at MoCoPay", () => {
    const opened = async (change: Partial<OrderToOpen> = {}, options = {}) => {
      server.answers = [{ body: { requestId: "r1", redirectUrl } }]
      const answer = await gateway(options).createOrder({ ...toOpen, ...change })
      return { answer, query: server.calls[0]?.query }
    }

    it("is not opened where no product costs what is to be paid, and nothing is sent", async () => {
      await expect(opened({ amount: "9.99" })).rejects.toMatchObject({
        outcome: "declined",
        gatewayMessage: "no product costs 9.99 EUR; the prices on offer are 5.00, 10.00",
      })
      await expect(opened({ currency: "usd" })).rejects.toMatchObject({ outcome: "declined" })
      expect(server.calls).toEqual([])
    })

    it("is not opened where MoCoPay gives no link", async () => {
      server.answers = [{ body: { code: "E7", message: "Unknown product" } }]
      await expect(gateway().createOrder(toOpen)).rejects.toMatchObject({
        outcome: "declined",
        code: "E7",
      })
    })

    it("goes by our reference, as the user and as the reference, and by the product of its price", async () => {
      const { query } = await opened()
      expect(query).toEqual({ pid: "PP27638049", userId: reference, referenceId: reference })
    })

    it("has a user of its own also where the customer is known", async () => {
      const { query } = await opened({ customerId: "cus_1" })
      expect(query?.userId).toBe(reference)
    })

    it("tells MoCoPay nothing of the payer, in an address that others may log", async () => {
      const { query } = await opened({ payer: { name: "Ana", phone: "0991", country: "HR" } })
      expect(Object.values(query ?? {}).join()).not.toMatch(/Ana|0991|HR/)
      expect(gateway().capabilities.payer).toEqual({})
    })

    it("sends the shopper back to the store's return route, which sends on to the storefront", async () => {
      const callbackUrl = "https://store.example/payments/mocopay_mocopay/return"
      const notifyUrl = "https://store.example/hooks/payment/mocopay_mocopay"
      const change = { returnUrl: "https://m.shop.example/done" }
      expect((await opened(change, { callbackUrl, notifyUrl })).query).toMatchObject({
        callbackUrl,
        notifyUrl,
      })
    })

    it("sends the shopper to the storefront where there is no other place", async () => {
      const { query } = await opened({ returnUrl: "https://m.shop.example/done" })
      expect(query?.callbackUrl).toBe("https://m.shop.example/done")
    })

    it.each([
      ["hr", "hr"],
      ["en-US", "en"],
      ["DE_at", "de"],
      ["deutsch", undefined],
      ["e", undefined],
    ])("asks for the language %s as %s", async (language, lang) => {
      expect((await opened({ language })).query?.lang).toBe(lang)
    })

    it("sends the shopper to the payment form, and keeps the product it was opened with", async () => {
      expect((await opened()).answer).toEqual({
        nextAction: { type: "redirect", url: redirectUrl },
        gatewayData: { pid: "PP27638049" },
      })
    })
  })

  describe("asking MoCoPay about an order", () => {
    const asked = async (sessions: Record<string, object>, change: Partial<KnownOrder> = {}) => {
      server.sessions = Object.fromEntries(
        Object.entries(sessions).map(([name, body]) => [name, { body }])
      )
      return await gateway().queryOrder({ ...order, ...change })
    }

    it("is pending where it knows nothing yet, so that the order may be opened again", async () => {
      expect(await asked({})).toEqual({ state: "pending", rawStatus: null, money: [] })
    })

    it("is pending before anything was charged, whatever the word", async () => {
      const answer = { ...unpaidSession, status: "PaymentComplete" }
      expect(await asked({ [reference]: answer })).toEqual({
        state: "pending",
        rawStatus: "PaymentComplete",
        gatewayId: sessionId,
        money: [],
      })
    })

    it("has failed where nothing was charged and an amount has", async () => {
      const answer = { ...unpaidSession, totalFailedAmount: 10 }
      expect(await asked({ [reference]: answer })).toMatchObject({ state: "failed", money: [] })
    })

    it("is paid with what was charged, under the session's number", async () => {
      expect(await asked({ [reference]: paidSession })).toEqual({
        state: "paid",
        rawStatus: "PaymentComplete",
        gatewayId: sessionId,
        money: [{ gatewayId: sessionId, amount: "10", currency: "eur" }],
      })
    })

    it("tells another amount and another currency as they are", async () => {
      const answer = { ...paidSession, totalChargedAmount: 12, currencyCode: "TES" }
      expect(await asked({ [reference]: answer })).toMatchObject({
        money: [{ gatewayId: sessionId, amount: "12", currency: "tes" }],
      })
    })

    it("does not take the payment of another order, though it has the same price", async () => {
      const stranger = { ...paidSession, endUser: { userId: "01JQ7ZK3V5W8X9Y0A1B2C3D4E60" } }
      await expect(asked({ [reference]: stranger })).rejects.toMatchObject({ reason: "mismatch" })
      expect(await asked({ [sessionId]: stranger }, { candidateIds: [sessionId] })).toMatchObject({
        state: "pending",
        money: [],
      })
    })

    it("does not take the payment of another product", async () => {
      await expect(asked({ [reference]: { ...paidSession, pid: "PP5" } })).rejects.toMatchObject({
        outcome: "unknown",
        reason: "mismatch",
      })
    })

    it("finds the product by the price where it was not kept, and by what was kept where prices changed", async () => {
      expect(await asked({ [reference]: paidSession }, { gatewayData: {} })).toMatchObject({
        state: "paid",
      })
      const changed = { ...order, amount: "11.00" }
      const answer = { ...paidSession, totalChargedAmount: 11 }
      expect(await asked({ [reference]: answer }, changed)).toMatchObject({ state: "paid" })
      await expect(
        asked({ [reference]: answer }, { ...changed, gatewayData: {} })
      ).rejects.toMatchObject({
        reason: "mismatch",
      })
    })

    it("asks for the sessions that were named where our reference shows no money", async () => {
      const sessions = {
        [reference]: { ...unpaidSession, sessionId: "first" },
        second: paidSession,
      }
      expect(await asked(sessions, { candidateIds: ["fake", "second"] })).toMatchObject({
        state: "paid",
      })
      expect(server.calls.map(({ query }) => query.sessionId ?? query.userId)).toEqual([
        reference,
        "fake",
        "second",
      ])
    })

    it("asks for the session that it was told before", async () => {
      expect(await asked({ [sessionId]: paidSession }, { gatewayId: sessionId })).toMatchObject({
        state: "paid",
      })
    })
  })

  describe("another session of an order's at MoCoPay", () => {
    const another = async (session: object) => {
      server.sessions = { other: { body: { ...paidSession, sessionId: "other", ...session } } }
      return await gateway().queryPayment?.(order, "other")
    }

    it("is told with what it took", async () => {
      expect(await another({})).toEqual({ gatewayId: "other", amount: "10", currency: "eur" })
    })

    it.each([
      ["took nothing", { totalChargedAmount: 0 }],
      ["is billed in part yet", { totalChargedAmount: 4 }],
      ["names no currency", { currencyCode: "" }],
      ["is another shopper's", { endUser: { userId: "01JQ7ZK3V5W8X9Y0A1B2C3D4E60" } }],
      ["is of another product", { pid: "PP5" }],
    ])("is none where it %s", async (_what, session) => {
      expect(await another(session)).toBeUndefined()
    })
  })

  describe("a subscription at MoCoPay", () => {
    const subscription = { ...paidSession, type: "subscription", series: 3, totalChargedAmount: 30 }

    it("pays the order with its first series, and tells of what came later", async () => {
      server.sessions = { [reference]: { body: subscription } }
      expect(await gateway().queryOrder(order)).toMatchObject({
        state: "paid",
        money: [{ gatewayId: sessionId, amount: "10", currency: "eur" }],
        series: {
          event: "mocopay.series_charged",
          gatewayId: sessionId,
          number: 3,
          total: "30",
          currency: "eur",
        },
      })
    })

    it("is known from the shop's product where MoCoPay's answer does not say it", async () => {
      server.sessions = { [reference]: { body: { ...subscription, type: undefined } } }
      const product = { pid: "PP27638049", amount: "10", currency: "EUR", type: "subscription" }
      const report = await gateway({ products: [product] }).queryOrder(order)
      expect(report).toMatchObject({ money: [{ amount: "10" }], series: { total: "30" } })
      expect(await gateway().queryOrder(order)).toMatchObject({ money: [{ amount: "30" }] })
    })

    it("has no series to tell of before a second one was charged", async () => {
      server.sessions = { [reference]: { body: { ...subscription, totalChargedAmount: 10 } } }
      expect(await gateway().queryOrder(order)).not.toHaveProperty("series")
    })
  })

  describe("what MoCoPay can do", () => {
    it("is to be paid at once, in the currencies of the products, and nothing after that", () => {
      const {
        capabilities,
        decimals,
        title,
        refund,
        capture,
        void: voids,
        charge,
        refundAdvice,
      } = gateway()
      expect(capabilities).toEqual({
        capture: "automatic",
        refund: "none",
        voids: false,
        links: true,
        webhooks: "unsigned",
        receivesInParts: false,
        payable: "without_end",
        payer: {},
      })
      expect(decimals).toEqual({ eur: 2 })
      expect(title).toBe("MoCoPay")
      expect([refund, capture, voids, charge]).toEqual([undefined, undefined, undefined, undefined])
      expect(refundAdvice).toMatch(/another way/)
    })
  })

  it("every call is told to the log, and no secret, key or reference with it", async () => {
    server.sessions = {}
    await gateway().queryOrder(order)
    expect(records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["verifyPayment", "answered"],
    ])
    expect(JSON.stringify(records)).not.toMatch(/this\.is\.a\.secret|app1|01JQ7/)
  })

  it("a gateway that is too slow is given up within the shop's time-out", async () => {
    server.delayMs = 5_000
    await expect(gateway({ timeoutMs: 500 }).createOrder(toOpen)).rejects.toMatchObject({
      outcome: "unknown",
    })
  })
})

describe("webhook", () => {
  const fields = {
    sessionId,
    referenceId: reference,
    userId: reference,
    status: "PaymentComplete",
    currencyCode: "EUR",
    chargedAmount: "10",
  }
  const event = {
    type: "event",
    reference,
    rawStatus: "PaymentComplete",
    gatewayId: sessionId,
    claimedAmount: "10",
  }

  const parse = (text: string, headers: Record<string, unknown> = {}) =>
    gatewayUnderTest().parseWebhook({ rawBody: Buffer.from(text), headers })
  const parseFields = (change: Record<string, string | undefined>) =>
    parse(JSON.stringify({ ...fields, ...change }))

  describe("a message to the webhook", () => {
    it.each(["", "{", "[]", "status=PaymentComplete", "<html></html>"])(
      "is unreadable where it names no payment: %j",
      (text) => {
        expect(parse(text)).toEqual({
          type: "unreadable",
          reason: expect.stringContaining("referenceId"),
        })
      }
    )

    it.each([
      [
        "a transaction",
        { transactionId: "ad22a2c458dc4bafbf81de733af21d27", sessionId: undefined },
      ],
      ["a session", {}],
    ])("is foreign where it names %s and no order of ours: nobody is asked", (_what, change) => {
      expect(parseFields({ ...change, referenceId: undefined, userId: "" })).toMatchObject({
        type: "foreign",
      })
    })
  })

  describe("a notification of MoCoPay's", () => {
    it.each([
      ["the query of a GET", new URLSearchParams(fields).toString()],
      ["JSON", JSON.stringify(fields)],
    ])("is an event as %s, and a hint about the session", (_what, text) => {
      expect(parse(text)).toEqual(event)
    })

    it.each(["PaymentComplete", "Authorized", "Not_Yet-listed word"])(
      "keeps the word %s",
      (status) => {
        expect(parseFields({ status })).toMatchObject({ rawStatus: status })
      }
    )

    it.each([
      "+385 91 234 5678",
      "Paid\nINFO another line",
      "a\u0000b",
      "Paid\u202e",
      "<b>Paid</b>",
      "P".repeat(41),
      "P".repeat(60_000),
    ])("keeps no other word that nobody signed (%#)", (status) => {
      expect(parseFields({ status })).toEqual({ ...event, rawStatus: "" })
    })

    it("claims no event's key, because anybody could have sent it", () => {
      expect(parseFields({})).not.toHaveProperty("eventKey")
      expect(parse(JSON.stringify(fields), { signature: "app1:x" })).toEqual(event)
    })

    it.each(["0", "0.00", "-1", "", "ten", undefined])(
      "claims no amount where nothing was charged: %j",
      (chargedAmount) => {
        const reading = parseFields({ chargedAmount })
        expect(reading).toMatchObject({ type: "event", reference })
        expect(reading).not.toHaveProperty("claimedAmount")
      }
    )

    it("of a transaction is an event where it names our order, and no hint without a session", () => {
      const reading = parse(`transactionId=t1&userId=${reference}`)
      expect(reading).toEqual({ type: "event", reference, rawStatus: "" })
    })

    it("is no hint where the session's number could not be one", () => {
      expect(parseFields({ sessionId: "x&userId=1" })).not.toHaveProperty("gatewayId")
    })
  })

  describe("the shopper's return", () => {
    const read = (change: Record<string, string>) => gatewayUnderTest().parseReturn?.(change)

    it("names our order and the session, in either of its fields", () => {
      const back = { requestId: "r1", referenceId: reference, status: "PaymentComplete" }
      const read1 = read({ ...back, sessionId, sid: sessionId })
      expect(read1).toEqual({ reference, gatewayId: sessionId })
      expect(read({ ...back, sid: sessionId })).toEqual(read1)
      expect(read({ ...back, sessionId: "", sid: sessionId })).toEqual(read1)
    })

    const nothing: Record<string, string>[] = [
      {},
      { status: "PaymentComplete" },
      { referenceId: "", sessionId: "" },
      { sid: "a b" },
    ]
    it.each(nothing)("may name nothing: %j", (fields) => {
      expect(read(fields)).toEqual({})
    })
  })
})
