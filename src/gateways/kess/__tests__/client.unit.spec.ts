import { inspect } from "node:util"
import {
  type Answer,
  failure,
  itCantRead,
  itTakesNoOtherOrder,
  itTrustsNoServerError,
  noMessage,
  withoutData,
} from "../../shared/__tests__/fake-gateway"
import type { KessClient } from "../client"
import {
  authCode,
  orderNo,
  refundNo,
  refused,
  startClient,
  type KessServer,
  success,
} from "./fake-kess"

describe("client", () => {
  const payment = { outTradeNo: orderNo, amount: "12.50" }
  const qrCode = "weixin://wxpay/bizpayurl?pr=6E4ptwz"

  let started: Awaited<ReturnType<typeof startClient>>
  let server: KessServer
  let client: KessClient

  beforeEach(async () => {
    started = await startClient()
    ;({ server, client } = started)
  })

  const native = () => client.nativePay(payment)
  const quick = () => client.codePay("quickPay", payment, authCode)
  const jsapi = () => client.codePay("jsapiPay", payment, authCode)
  const refund = () =>
    client.refund({ ...payment, outRefundNo: refundNo, currency: "usd", reason: "Damaged" })
  const checkPayment = () => client.checkPayment(orderNo)
  const checkRefund = () => client.checkRefund(orderNo)

  const calls = [
    ["nativePay", native],
    ["quickPay", quick],
    ["jsapiPay", jsapi],
    ["refund", refund],
    ["checkPaymentStatus", checkPayment],
    ["checkRefundStatus", checkRefund],
  ] as const

  /** Right for all calls. */
  const anyData = {
    is_success: true,
    out_trade_no: orderNo,
    out_refund_no: refundNo,
    qr_code: qrCode,
    amount: 12.5,
    refund_amount: 12.5,
    currency: "USD",
    transaction_id: "4200001",
    result_code: "SUCCESS",
  }

  describe.each(calls)("%s", (operation, call) => {
    const answerWith = (...answers: Answer[]) => void (server.answers = answers)
    itTakesNoOtherOrder({ operation, call, answerWith }, orderNo, (other) =>
      success({ ...anyData, out_trade_no: other })
    )

    itCantRead({ operation, call, answerWith }, [
      ["has no data", { body: { success: true } }],
      ...withoutData(success),
      ["names no order", success({ ...anyData, out_trade_no: null })],
      ["does not say whether it worked", { body: { data: anyData } }],
      ["says that it worked in a text", { body: { success: "true", data: anyData } }],
      ...noMessage,
      [
        "is a page of HTTP 404, as at a wrong path",
        { status: 404, body: "<html>Not found</html>" },
      ],
      ["breaks off", { body: '{"success":true,"data":{"out_trade_no":' }],
      ["lacks a comma, as the vendor's sample does", { body: '{"success":true "data":{}}' }],
    ])

    itTrustsNoServerError({ operation, call, answerWith }, success(anyData).body)

    it("is a JSON text that is POSTed to its path, with the bearer token", async () => {
      server.answers = [success(anyData)]
      await call()
      expect(server.calls).toEqual([
        {
          method: "POST",
          path: expect.stringMatching(/^\/[a-z-]+$/),
          contentType: "application/json",
          authorization: "Bearer token-1",
          body: expect.stringMatching(/^\{/),
        },
      ])
    })

    it("shows no secret in an error", async () => {
      server.answers = [refused("No")]
      const error = inspect(await failure(call), { depth: 10, showHidden: true })
      expect(error).not.toMatch(/a-password|token-1/)
      expect(error).not.toContain(authCode)
    })
  })

  describe("a call whose answer is lost", () => {
    it.each([
      ["nativePay", native],
      ["quickPay", quick],
      ["jsapiPay", jsapi],
      ["refund", refund],
    ])("is not sent again where it changes something: %s", async (_operation, call) => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      await failure(call)
      expect(server.calls).toHaveLength(1)
    })

    it.each([
      ["checkPaymentStatus", checkPayment],
      ["checkRefundStatus", checkRefund],
    ])("is sent again where it only reads: %s", async (_operation, call) => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      expect(await call()).toMatchObject({ is_success: true })
    })
  })

  describe("a body on the wire", () => {
    const sent = async (call: () => Promise<unknown>) => {
      server.answers = [success(anyData)]
      await call()
      const [{ path, body } = { path: "", body: "" }] = server.calls
      return [path, body]
    }

    it("of native pay names the order and its price, and no code", async () => {
      expect(await sent(native)).toEqual([
        "/native-pay",
        `{"service_id":30,"store_id":"109038","amount":12.5,"out_trade_no":"${orderNo}"}`,
      ])
    })

    it.each([
      ["quick", quick, "/quick-pay"],
      ["jsapi", jsapi, "/jsapi-pay"],
    ])("of %s pay has the shopper's code as a text, digit for digit", async (_mode, call, path) => {
      expect(await sent(call)).toEqual([
        path,
        `{"service_id":30,"store_id":"109038","amount":12.5,"auth_code":"${authCode}",` +
          `"out_trade_no":"${orderNo}"}`,
      ])
    })

    it("of a refund has both of our numbers, the amount and the reason", async () => {
      expect(await sent(refund)).toEqual([
        "/refund",
        `{"service_id":30,"store_id":"109038","refund_amount":12.5,"out_trade_no":"${orderNo}",` +
          `"out_refund_no":"${refundNo}","reason":"Damaged"}`,
      ])
    })

    it.each([
      ["checkPaymentStatus", checkPayment, "/check-payment-status"],
      ["checkRefundStatus", checkRefund, "/check-refund-status"],
    ])("of %s has the store and the order", async (_operation, call, path) => {
      expect(await sent(call)).toEqual([path, `{"store_id":"109038","out_trade_no":"${orderNo}"}`])
    })
  })

  describe("asking for a QR", () => {
    it("gives the text to draw, as it came", async () => {
      server.answers = [success(anyData)]
      expect(await native()).toEqual({
        qrCode,
        result: "done",
        resultCode: "SUCCESS",
        amount: "12.5",
      })
    })

    it("is told that none was made by KESS's word", async () => {
      server.answers = [success({ ...anyData, qr_code: null, result_code: "FAIL" })]
      expect(await native()).toMatchObject({ result: "unknown", resultCode: "FAIL" })
    })
  })

  describe("charging by a code", () => {
    it("gives the wallet's number, every digit of it where it came as a number", async () => {
      server.answers = [
        {
          body: JSON.stringify(success(anyData).body).replace(
            '"4200001"',
            "42000018272026112100012"
          ),
        },
      ]
      expect(await quick()).toEqual({
        result: "done",
        resultCode: "SUCCESS",
        transactionId: "42000018272026112100012",
      })
    })

    it("has no known result with a word that is not documented", async () => {
      server.answers = [success({ ...anyData, result_code: "USERPAYING", transaction_id: null })]
      expect(await jsapi()).toEqual({
        result: "unknown",
        resultCode: "USERPAYING",
        transactionId: undefined,
      })
    })
  })

  describe("a refund", () => {
    it.each([
      ["another refund", { out_refund_no: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R2" }],
      ["another amount", { refund_amount: 12.49 }],
      ["another currency", { currency: "KHR" }],
    ])("is not known to be made where the answer names %s", async (_what, change) => {
      server.answers = [success({ ...anyData, ...change })]
      expect(await failure(refund)).toMatchObject({ outcome: "unknown", reason: "mismatch" })
    })

    it.each([
      ["no refund", { out_refund_no: undefined }],
      ["no amount", { refund_amount: null }],
      ["no amount that is one", { refund_amount: "12,50" }],
      ["no result", { result_code: undefined }],
    ])("is not known to be made where the answer names %s", async (_what, change) => {
      server.answers = [success({ ...anyData, ...change })]
      expect(await failure(refund)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
    })

    it.each([12.5, "12.5", "12.50"])("is made with its amount written as %j", async (amount) => {
      server.answers = [success({ ...anyData, refund_amount: amount })]
      expect(await refund()).toMatchObject({ result: "done", transactionId: "4200001" })
    })
  })

  describe("checking a payment", () => {
    const checked = async (data: object) => {
      server.answers = [success(data)]
      return await checkPayment()
    }

    it.each([{}, { out_trade_no: null }, { out_trade_no: orderNo, amount: null, message: 7 }])(
      "finds it not paid, however little the answer holds: %j",
      async (data) => {
        expect(await checked({ is_success: false, ...data })).toMatchObject({ is_success: false })
      }
    )

    it.each([
      ["an amount", { amount: null }],
      ["an amount that is one", { amount: "12.50 USD" }],
      ["a currency", { currency: undefined }],
      ["a currency that is one", { currency: "" }],
      ["our order", { out_trade_no: undefined }],
      ["a yes that is one", { is_success: "true" }],
      ["a yes", { is_success: 1 }],
    ])("does not find it paid without %s", async (_what, change) => {
      server.answers = [success({ ...anyData, ...change })]
      expect(await failure(checkPayment)).toMatchObject({
        outcome: "unknown",
        reason: "unreadable",
      })
    })

    it("finds it paid in the words of the vendor's sample, keys that come twice included", async () => {
      server.answers = [
        {
          body:
            `{"success":true,"data":{"is_success":true,"service_id":30,"out_trade_no":"${orderNo}",` +
            `"amount":0.01,"out_trade_no":"${orderNo}","out_refund_no":"REFUND-433",` +
            `"currency":"USD","message":"Payment Successful!"}}`,
        },
      ]
      expect(await checkPayment()).toEqual({
        is_success: true,
        out_trade_no: orderNo,
        amount: "0.01",
        currency: "usd",
        message: "Payment Successful!",
      })
    })

    it.each([[["R1"]], [{ no: "R1" }], [7], [null]])(
      "does not hang on what it says of a refund: %j",
      async (out_refund_no) => {
        expect(await checked({ ...anyData, out_refund_no })).toMatchObject({ is_success: true })
      }
    )

    it("shows no card number that KESS may have written into its message", async () => {
      const { message } = await checked({ ...anyData, message: "card 4111 1111 1111 1111" })
      expect(message).toBe("card ****1111")
    })
  })

  it("checking a refund takes nothing from numbers of refunds in a form that is not documented", async () => {
    server.answers = [success({ ...anyData, out_refund_no: [refundNo] })]
    expect(await failure(checkRefund)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
  })

  const usedTokens = () => server.calls.map(({ authorization }) => authorization)

  describe("the token", () => {
    beforeEach(() => void (server.answers = [success(anyData)]))

    it.each([
      ["names none", { message: "SUCCESS" }],
      ["names an empty one", { message: "SUCCESS", token: "" }],
      ["is no object", null],
    ])("is not used where the answer %s", async (_what, data) => {
      server.tokens.push(success(data))
      expect(await failure(refund)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
      expect(server.calls).toEqual([])
    })

    it.each([
      ["a refusal", refused("Wrong password")],
      ["HTTP 401", refused("Wrong password", 401)],
    ])("that is not given, by %s, means that nothing was sent", async (_what, answer) => {
      server.tokens.push(answer)
      expect(await failure(quick)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
      expect(server.calls).toEqual([])
    })

    it("is asked for with the credentials, as JSON, and without a token", async () => {
      await checkPayment()
      expect(server.tokenCalls).toEqual([
        {
          method: "POST",
          path: "/token",
          contentType: "application/json",
          authorization: undefined,
          body: '{"user":"shop","password":"a-password"}',
        },
      ])
    })

    it("is asked for once by all who wait for it", async () => {
      await Promise.all([checkPayment(), refund(), quick()])
      expect(server.tokenCalls).toHaveLength(1)
      expect(new Set(usedTokens())).toEqual(new Set(["Bearer token-1"]))
    })

    it("is used again for as long as it surely lives", async () => {
      await checkPayment()
      started.time.ms = 35_000
      await checkPayment()
      expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-1"])
      expect(server.tokenCalls).toHaveLength(1)
    })

    it("is not used after 45 seconds of the minute that it lives", async () => {
      await checkPayment()
      started.time.ms = 45_000
      await checkPayment()
      expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-2"])
    })

    it.each([
      ["checkPaymentStatus", checkPayment],
      ["quickPay", quick],
      ["refund", refund],
    ])("is renewed once, and the call repeated, after HTTP 401: %s", async (_operation, call) => {
      server.answers = [{ status: 401, body: "" }, success(anyData)]
      await call()
      expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-2"])
    })

    it.each([
      ["checkPaymentStatus", checkPayment],
      ["quickPay", quick],
      ["refund", refund],
    ])("is not renewed a second time after HTTP 401: %s", async (_operation, call) => {
      server.answers = [{ status: 401, body: "" }]
      expect(await failure(call)).toMatchObject({ outcome: "declined", reason: "unauthorized" })
      expect(server.calls).toHaveLength(2)
    })

    it.each([400, 403])("is no reason to charge again after HTTP %i", async (status) => {
      server.answers = [refused("Token expired", status), success(anyData)]
      expect(await failure(quick)).toMatchObject({ outcome: "unknown" })
      expect(server.calls).toHaveLength(1)
    })
  })
})
