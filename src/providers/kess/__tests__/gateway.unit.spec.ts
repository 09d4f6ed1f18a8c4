import { refused, success } from "../../../gateways/kess/__tests__/fake-kess"
import type { ChargeCalls } from "../../base/gateway"
import { authCode, KessUnderTest, order, qrCode, reference, toOpen } from "./gateway-under-test"

describe("gateway", () => {
  let test: KessUnderTest

  beforeEach(async () => {
    test = await KessUnderTest.start()
  })

  const paid = {
    is_success: true,
    service_id: 30,
    out_trade_no: reference,
    amount: 100,
    currency: "USD",
    message: "Payment Successful!",
  }

  const asked = async (change: object = {}, options: Record<string, unknown> = {}) => {
    test.server.answers = [success({ ...paid, ...change })]
    return await test.gateway(options).queryOrder(order)
  }

  const money = (amount: string, currency = "usd") => [{ gatewayId: reference, amount, currency }]

  describe("asking KESS about an order", () => {
    it.each([
      "Payment Successful!",
      "Payment failed",
      "Order closed",
      "Refund Successful!",
      "Not found",
      undefined,
    ])("is pending where it is not paid, whatever the message: %s", async (message) => {
      expect(await asked({ is_success: false, message })).toEqual({
        state: "pending",
        rawStatus: "false",
        message,
        money: [],
      })
    })

    it.each([
      ["less", { amount: 99.99 }, "99.99"],
      ["more", { amount: 100.01 }, "100.01"],
      ["a fee that the shop does not ask for", { amount: 102 }, "102"],
      ["nothing", { amount: 0 }, "0"],
      ["more places than there are", { amount: 100.001 }, "100.001"],
    ])("reports %s as it is", async (_what, change, amount) => {
      const report = await asked(change)
      expect(report).toMatchObject({ state: "paid", money: money(amount) })
      expect(report).not.toHaveProperty("surplus")
    })

    it.each([100, 102])(
      "reports %i in another currency as it is, whatever fee the shop asks for",
      async (amount) => {
        const report = await asked({ amount, currency: "KHR" }, { feeRate: 2 })
        expect(report).toMatchObject({ money: money(String(amount), "khr") })
        expect(report).not.toHaveProperty("surplus")
      }
    )

    it.each([101.99, 102.01, 104])(
      "reports an amount that is not quite that with the fee as it is: %d",
      async (amount) => {
        const report = await asked({ amount }, { feeRate: 2 })
        expect(report).toMatchObject({ money: money(String(amount)) })
        expect(report).not.toHaveProperty("surplus")
      }
    )

    it("is paid with what was ordered", async () => {
      expect(await asked()).toEqual({
        state: "paid",
        rawStatus: "true",
        message: "Payment Successful!",
        money: money("100"),
      })
    })

    it("is paid with what was ordered, and the fee is told apart", async () => {
      expect(await asked({ amount: 102 }, { feeRate: "2" })).toMatchObject({
        state: "paid",
        money: money("100"),
        surplus: "2",
      })
    })

    it("stays paid where a refund is named, which tells neither how much nor whose", async () => {
      expect(await asked({ out_refund_no: "REFUND-433" })).toMatchObject({
        state: "paid",
        money: money("100"),
      })
    })

    it("finds no such payment where KESS refuses the question", async () => {
      test.server.answers = [refused("Not found")]
      await expect(test.gateway().queryOrder(order)).rejects.toMatchObject({ outcome: "declined" })
    })
  })

  describe("what KESS can do", () => {
    it("is to be paid at once and to refund in parts, without webhooks", () => {
      const { capabilities, title, capture, void: voids } = test.gateway()
      expect(capabilities).toEqual({
        capture: "automatic",
        refund: "multiple_partial",
        voids: false,
        links: false,
        webhooks: "none",
        receivesInParts: false,
        payable: { hours: 2 },
        refundsSettleWithinDays: 14,
        payer: {},
      })
      expect(title).toBe("KESS Pay")
      expect([capture, voids]).toEqual([undefined, undefined])
    })

    it.each([
      ["usd", { usd: 2 }],
      ["khr", { khr: 0 }],
    ])("is to be paid in the one currency of the store: %s", (currency, decimals) => {
      expect(test.gateway({ currency }).decimals).toEqual(decimals)
    })
  })

  it.each([
    ["nothing", ""],
    ["a payment", JSON.stringify({ success: true, data: paid })],
  ])("a message that comes to the webhook's address is never read: %s", (_what, text) => {
    const rawBody = Buffer.from(text)
    const reading = test.gateway().parseWebhook({ rawBody, headers: {} })
    expect(reading).toEqual({ type: "unreadable", reason: "KESS documents no webhooks" })
  })

  it("every call is told to the log, and no secret with it", async () => {
    await asked()
    expect(test.records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["token", "answered"],
      ["checkPaymentStatus", "answered"],
    ])
    expect(JSON.stringify(test.records)).not.toMatch(/a-password|token-1|shop/)
  })

  it("a breakdown is told in KESS's own words", async () => {
    test.server.answers = [refused("Maintenance until 9", 503)]
    await expect(test.gateway().queryOrder(order)).rejects.toMatchObject({
      outcome: "unknown",
      gatewayMessage: "Maintenance until 9",
    })
  })
})

describe("native pay", () => {
  let test: KessUnderTest

  beforeEach(async () => {
    test = await KessUnderTest.start()
  })

  const made = { qr_code: qrCode, amount: 100, out_trade_no: reference, result_code: "SUCCESS" }

  const opened = async (
    change: object = {},
    options: Record<string, unknown> = {},
    data: object = {}
  ) => {
    test.server.answers = [success({ ...made, ...data })]
    return await test.gateway(options).createOrder({ ...toOpen, ...change })
  }

  describe("a QR of KESS's", () => {
    it.each([
      ["KESS refuses", refused("Store is closed")],
      ["KESS refuses with HTTP 422", refused("The amount is wrong", 422)],
      ["its result is none that KESS documents", success({ ...made, result_code: "FAIL" })],
      ["there is none", success({ ...made, qr_code: null })],
    ])("is not shown where %s, and nobody was charged", async (_what, answer) => {
      test.server.answers = [answer]
      await expect(test.gateway().createOrder(toOpen)).rejects.toMatchObject({
        outcome: "declined",
      })
    })

    it.each([1, 99.99, 102, "1000"])(
      "is not shown where it is for another amount: %j",
      async (amount) => {
        await expect(opened({}, {}, { amount })).rejects.toMatchObject({
          outcome: "unknown",
          reason: "mismatch",
        })
      }
    )

    it.each([
      ["empty", ""],
      ["more than fits into one", "x".repeat(2_954)],
      ["no text", 7],
    ])("is not shown where its text is %s", async (_what, qr_code) => {
      await expect(opened({}, {}, { qr_code })).rejects.toMatchObject({ outcome: "unknown" })
    })

    it("is what the shopper gets to see", async () => {
      expect(await opened()).toEqual({ nextAction: { type: "qr_code", value: qrCode } })
    })

    it("is asked for with our reference and the exact amount, and charges nobody by a code", async () => {
      await opened({ authCode })
      expect(test.sent).toEqual({
        service_id: 30,
        store_id: "109038",
        amount: 100,
        out_trade_no: reference,
      })
    })

    it.each([100, 102])(
      "may be for the amount with or without the fee that the shop asks for: %i",
      async (amount) => {
        const { nextAction } = await opened({}, { feeRate: "2" }, { amount })
        expect(nextAction).toMatchObject({ type: "qr_code" })
        expect(test.sent).toMatchObject({ amount: 100, fee_rate: 2 })
      }
    )

    it("may come without an amount: check payment status will name it", async () => {
      expect(await opened({}, {}, { amount: undefined })).toMatchObject({
        nextAction: { type: "qr_code" },
      })
    })

    it("in riel has no places", async () => {
      await opened({ amount: "4000", currency: "khr" }, { currency: "khr" }, { amount: 4000 })
      expect(test.sent).toMatchObject({ amount: 4000 })
    })

    it("is asked for at the path that the shop names", async () => {
      await opened({}, { paths: { nativePay: "/make_mch_api" } })
      expect(test.server.calls[0]?.path).toBe("/make_mch_api")
    })
  })
})

describe("code pay", () => {
  let test: KessUnderTest

  beforeEach(async () => {
    test = await KessUnderTest.start()
  })

  const charged = {
    amount: 100,
    currency: "USD",
    out_trade_no: reference,
    transaction_id: "4200001",
    result_code: "SUCCESS",
  }

  const modes = [
    ["quick", "/quick-pay"],
    ["jsapi", "/jsapi-pay"],
  ] as const

  function chargeOf(mode: string, change: Record<string, unknown> = {}): ChargeCalls {
    const { charge } = test.gateway({ mode, ...change })
    if (!charge) {
      throw new Error("it charges nothing")
    }
    return charge
  }

  describe.each(modes)("opening an order for %s pay", (mode) => {
    it.each(["4111111111111111", "2600456789012345", "12345", `${authCode}0`, "not a code"])(
      "refuses what is no code of a wallet, by the name of the field and without repeating it: %s",
      async (code) => {
        const error: unknown = await test
          .gateway({ mode })
          .createOrder({ ...toOpen, authCode: code })
          .catch((reason: unknown) => reason)
        expect(error).toMatchObject({
          outcome: "declined",
          gatewayMessage: expect.stringMatching(/^auth_code must be .*Scan it again$/),
        })
        expect(String(error)).not.toContain(code)
      }
    )

    it("sends nothing, with a code or without one", async () => {
      const gateway = test.gateway({ mode })
      await gateway.createOrder(toOpen)
      await gateway.createOrder({ ...toOpen, authCode })
      expect(test.server.requests).toEqual([])
    })

    it("asks for the shopper's code where there is none", async () => {
      expect(await test.gateway({ mode }).createOrder(toOpen)).toEqual({
        nextAction: { type: "shopper_code" },
      })
    })

    it("keeps the code for the charge, and leaves the shopper nothing to do", async () => {
      expect(await test.gateway({ mode }).createOrder({ ...toOpen, authCode })).toEqual({
        nextAction: { type: "none" },
        chargeWith: { auth_code: authCode },
      })
    })
  })

  describe.each(modes)("charging by %s pay", (mode, path) => {
    const charge = async () => await chargeOf(mode).send({ order, with: { auth_code: authCode } })

    it.each([
      ["KESS refuses", refused("Auth code expired")],
      ["KESS refuses with HTTP 422", refused("Auth code expired", 422)],
      ["KESS breaks down", { status: 500, body: "" }],
      ["the answer can't be read", { body: "<html>" }],
      ["the answer is about another order", success({ ...charged, out_trade_no: "X" })],
    ])("has an unknown outcome where %s, and is sent once", async (_what, answer) => {
      test.server.answers = [answer, success(charged)]
      await expect(charge()).rejects.toMatchObject({ outcome: "unknown" })
      expect(test.server.calls).toHaveLength(1)
    })

    it.each(["USERPAYING", "FAIL", "success"])(
      "has an unknown outcome with a word that KESS does not document: %s",
      async (result_code) => {
        test.server.answers = [success({ ...charged, result_code })]
        expect(await charge()).toMatchObject({ outcome: "unknown", code: result_code })
      }
    )

    it("sends the code as a text, under our reference, and tells the wallet's number", async () => {
      test.server.answers = [success(charged)]
      expect(await charge()).toEqual({ outcome: "done", code: "SUCCESS", gatewayId: "4200001" })
      expect(test.server.calls[0]?.path).toBe(path)
      expect(test.sent).toEqual({
        service_id: 30,
        store_id: "109038",
        amount: 100,
        auth_code: authCode,
        out_trade_no: reference,
      })
    })

    it("is not sent without a code", async () => {
      expect(await chargeOf(mode).send({ order, with: {} })).toMatchObject({ outcome: "declined" })
      expect(test.server.requests).toEqual([])
    })

    it("is asked about every three seconds while its outcome is not known", () => {
      expect(chargeOf(mode)).toMatchObject({ pollEveryMs: 3_000, patienceMs: 15_000 })
    })
  })

  it("waits for the shopper's PIN longer than the shop's time-out for other calls", async () => {
    test.server.answers = [success(charged)]
    test.server.delayMs = 700
    const options = { mode: "quick", timeoutMs: 500 }
    await expect(
      test.gateway(options).refund?.send({ reference, amount: "1.00", order })
    ).rejects.toMatchObject({ outcome: "unknown" })
    expect(
      await chargeOf("quick", options).send({ order, with: { auth_code: authCode } })
    ).toMatchObject({ outcome: "done" })
  })

  it("native pay charges nothing from the server", () => {
    expect(test.gateway({ mode: "native" }).charge).toBeUndefined()
  })
})
