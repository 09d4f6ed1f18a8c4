import { type Receiver, startReceiver } from "../../shared/__tests__/receiver"
import { parseAmount, signWebhook } from "../protocol"
import { type MocasaSandbox } from ".."
import { Merchant, startMerchant, ORDER } from "./merchant"

const signed = { reference: "ORD1001", txStatus: "success" }

describe("signWebhook", () => {
  it("is base64 of the SHA-256 of orderNo|txStatus|secret", () => {
    expect(signWebhook(signed, "test_secret", "base64")).toBe(
      "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="
    )
  })

  it("can be base64 of the digest's hexadecimal text", () => {
    const signature = signWebhook(signed, "test_secret", "base64-of-hex")
    expect(Buffer.from(signature, "base64").toString("ascii")).toBe(
      "45c65fc912b567f8292d035caefd479be7ff1c2479d2e9b3e3be64693d85bd02"
    )
  })
})

describe("parseAmount", () => {
  it.each([
    "",
    "0",
    "0.00",
    "-1.00",
    "+1.00",
    "1.",
    ".5",
    "1.005",
    "1,000.00",
    "01.00",
    " 1.00",
    "1.00\n",
    "1e2",
    "0x10",
    "NaN",
    "Infinity",
    "١.٠٠",
    "1234567890123.00",
  ])("refuses %j", (text) => {
    expect(parseAmount(text)).toBeUndefined()
  })

  it.each([
    ["0.01", "0.01"],
    ["100", "100.00"],
    ["100.5", "100.50"],
    ["999999999999.99", "999999999999.99"],
  ])("reads %s as %s", (text, amount) => {
    expect(parseAmount(text)).toBe(amount)
  })
})

const CREATE = "/payment/order/create"
const refusal = (status: number, code: string) => ({ status, success: false, code, data: null })

describe("Mocasa's API", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now, tokenLifeMs: 60_000 }))
  })

  it("refuses a path it does not have", async () => {
    expect(await merchant.post("/payment/order/cancel", {})).toMatchObject(
      refusal(404, "PATH_NOT_FOUND")
    )
  })

  it("refuses everything but POST", async () => {
    const response = await fetch(sandbox.url + CREATE)
    expect(response.status).toBe(405)
    expect(await response.json()).toMatchObject({ success: false, code: "METHOD_NOT_ALLOWED" })
  })

  it.each(["application/json", "text/plain", "multipart/form-data"])(
    "refuses a body of type %s",
    async (type) => {
      expect(
        await merchant.send(CREATE, new URLSearchParams(ORDER).toString(), { "content-type": type })
      ).toMatchObject(refusal(415, "CONTENT_TYPE_NOT_SUPPORTED"))
    }
  )

  describe("its token", () => {
    it.each([
      ["mp_other", "se_sandbox_secret"],
      ["mp_sandbox", "se_other"],
    ])("is not given to %s with %s", async (clientKey, clientSecret) => {
      expect(await merchant.post("/auth/token/apply", { clientKey, clientSecret })).toMatchObject(
        refusal(401, "CLIENT_INVALID")
      )
    })

    it.each([
      CREATE,
      "/payment/order/query",
      "/payment/order/refund",
      "/payout/account/create",
      "/payout/transfer/initiate",
      "/payout/transfer/query",
    ])("is needed for %s", async (path) => {
      expect(await new Merchant(sandbox).post(path, {})).toMatchObject(
        refusal(401, "TOKEN_MISSING")
      )
      expect(await merchant.send(path, "", { accessToken: "guessed" })).toMatchObject(
        refusal(401, "TOKEN_INVALID")
      )
    })

    it("is not taken from an Authorization header", async () => {
      expect(
        await merchant.send(CREATE, "", { accessToken: "", authorization: "Bearer anything" })
      ).toMatchObject(refusal(401, "TOKEN_MISSING"))
    })

    it("expires", async () => {
      now += 59_999
      expect(await merchant.createOrder()).toMatchObject({ success: true })
      now += 1
      expect(await merchant.queryOrder()).toMatchObject(refusal(401, "TOKEN_EXPIRED"))
    })
  })

  describe("an order", () => {
    it.each(["orderNo", "amount", "productName", "customerId", "returnUrl"] as const)(
      "is refused without %s, and with an empty one",
      async (field) => {
        const { [field]: left, ...fields } = ORDER
        expect(left).toBeDefined()
        expect(await merchant.post(CREATE, fields)).toMatchObject(refusal(200, "PARAM_MISSING"))
        expect(await merchant.createOrder({ [field]: " " })).toMatchObject({
          ...refusal(200, "PARAM_MISSING"),
          message: expect.stringContaining(field),
        })
        expect(sandbox.orders.all()).toEqual([])
      }
    )

    it.each(["0", "-1.00", "1.005", "1,000.00", "ten"])(
      "is refused for the amount %s",
      async (amount) => {
        expect(await merchant.createOrder({ amount })).toMatchObject({
          ...refusal(200, "PARAM_INVALID"),
          message: expect.stringContaining("amount"),
        })
      }
    )

    it.each(["javascript:alert(1)", "/return", "ftp://shop.test/"])(
      "is refused with %s to return to",
      async (returnUrl) => {
        expect(await merchant.createOrder({ returnUrl })).toMatchObject(
          refusal(200, "PARAM_INVALID")
        )
      }
    )

    it("is refused with a field that Mocasa does not have", async () => {
      expect(await merchant.post(CREATE, { ...ORDER, currency: "PHP" })).toMatchObject({
        ...refusal(200, "PARAM_UNKNOWN"),
        message: expect.stringContaining("currency"),
      })
    })

    it("is refused with a field that comes twice", async () => {
      const body = `${new URLSearchParams(ORDER)}&amount=1.00`
      expect(await merchant.send(CREATE, body)).toMatchObject({
        ...refusal(200, "PARAM_INVALID"),
        message: expect.stringContaining("amount was sent twice"),
      })
    })

    it("is refused under a number that is in use", async () => {
      await merchant.createOrder()
      expect(await merchant.createOrder()).toMatchObject(refusal(200, "ORDER_EXISTS"))
    })
  })
})

const { orderNo } = ORDER
const SECRET = "test_secret"
const SIGNATURE_OF_SUCCESS = "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="

describe("a webhook", () => {
  let receiver: Receiver
  let sandbox: MocasaSandbox
  let status: number

  beforeEach(async () => {
    status = 200
    receiver = await startReceiver(() => ({ status }))
    const started = await startMerchant({
      webhookUrl: receiver.url,
      webhookSecret: SECRET,
      webhookRetryDelayMs: 1,
    })
    sandbox = started.sandbox
    await started.merchant.createOrder({ amount: "1234.50" })
  })

  const lastBody = () => receiver.received.at(-1)?.body ?? ""
  const signatures = () => receiver.received.map(({ headers }) => headers["signature"])

  it("tells of a payment in JSON, with a number for the amount and a string for the time", async () => {
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      signature: SIGNATURE_OF_SUCCESS,
    })
    expect(JSON.parse(lastBody())).toEqual({
      orderNo,
      amount: 1234.5,
      txStatus: "success",
      txMessage: expect.any(String),
      txTime: expect.stringMatching(/^\d{13}$/),
      paymentMode: "Mocasa BNPL",
    })
  })

  it("can carry another amount under a signature that is right", async () => {
    sandbox.set({ webhookAmount: 1 })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(JSON.parse(lastBody())).toMatchObject({ amount: 1 })
    expect(signatures()).toEqual([SIGNATURE_OF_SUCCESS])
  })

  it("can be forged", async () => {
    sandbox.set({ forgeWebhooks: true })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(signatures()).toEqual([expect.not.stringContaining(SIGNATURE_OF_SUCCESS)])
    expect(signatures()[0]).toHaveLength(SIGNATURE_OF_SUCCESS.length)
  })
})
