import { type Receiver, startReceiver } from "../../shared/__tests__/receiver"
import { isSignOf, parseAmount, sign } from "../protocol"
import { type CashySandbox } from ".."
import { type Merchant, startMerchant, ORDER, PAYOUT, signOf } from "./merchant"

const BODY =
  '{"mchOrderNo":"1386556575370063873","nonceStr":"9459931608","orderNo":"PAYIN8551843837024997376"}'
const KEY = "test_api_key"
const SIGN = "18D70293564B01B466F7D9BA961B680B"
const refusal = (msg: string, status = 200) => ({ status, code: 500, msg })

describe("Cashy's Sign", () => {
  it("is the MD5 of the body's text and the key behind it", () => {
    expect(sign(BODY, KEY)).toBe(SIGN)
  })

  it.each([SIGN, SIGN.toLowerCase()])("is right as %s", (given) => {
    expect(isSignOf(given, Buffer.from(BODY), KEY)).toBe(true)
  })

  it("is another one for the same fields in another text, and for another key", () => {
    const reordered = JSON.stringify({ nonceStr: "9459931608", ...JSON.parse(BODY) })
    expect(isSignOf(SIGN, Buffer.from(reordered), KEY)).toBe(false)
    expect(isSignOf(SIGN, Buffer.from(BODY.replace(",", ", ")), KEY)).toBe(false)
    expect(isSignOf(SIGN, Buffer.from(BODY), "other_key")).toBe(false)
  })

  it("counts bytes, not characters", () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d])
    expect(isSignOf(sign(bytes, KEY), bytes, KEY)).toBe(true)
    expect(isSignOf(sign(bytes.toString("utf8"), KEY), bytes, KEY)).toBe(false)
  })
})

describe("parseAmount", () => {
  it.each(["", "0", "0.00", "-1", "+1", "1.", ".5", "1.005", "1,000", "01", " 1", "1\n", "1e2"])(
    "refuses %j",
    (text) => expect(parseAmount(text)).toBeUndefined()
  )

  it("refuses more than eighteen digits before the point", () => {
    expect(parseAmount("9".repeat(18))).toBe(`${"9".repeat(18)}.00`)
    expect(parseAmount("9".repeat(19))).toBeUndefined()
  })

  it.each([
    ["100", "100.00"],
    ["100.0", "100.00"],
    ["0.01", "0.01"],
    ["1234567.89", "1234567.89"],
  ])("takes %s for %s", (text, amount) => expect(parseAmount(text)).toBe(amount))
})

describe("Cashy's API", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

  it("refuses a path it does not have", async () => {
    expect(await merchant.post("/api/payInCancel", {})).toMatchObject(
      refusal("RequestPath_not_found", 404)
    )
  })

  it("refuses everything but POST", async () => {
    const response = await fetch(`${sandbox.url}/api/payIn`)
    expect(await response.json()).toEqual({ code: 500, msg: "RequestMethod_not_post" })
  })

  it.each(["application/x-www-form-urlencoded", "text/plain", "text/json"])(
    "refuses a body of type %s",
    async (type) => {
      expect(
        await merchant.send("/api/payIn", JSON.stringify(ORDER), { "content-type": type })
      ).toMatchObject(refusal("RequestContentType_not_json"))
    }
  )

  it.each([
    ["", "MerchantId_is_null"],
    ["merchant", "MerchantId_not_Number"],
    ["1002002", "MerchantId_is_error"],
  ])("refuses the merchant %j", async (MerchantId, msg) => {
    expect(await merchant.send("/api/payIn", JSON.stringify(ORDER), { MerchantId })).toMatchObject(
      refusal(msg)
    )
    expect(sandbox.orders.all()).toEqual([])
  })

  it.each([
    ["", "RequestBody_is_null"],
    ["{", "Params_jsonFormat_error"],
    ["[]", "Params_jsonFormat_error"],
    ["null", "Params_jsonFormat_error"],
  ])("refuses the body %j", async (body, msg) => {
    expect(await merchant.send("/api/payIn", body)).toMatchObject(refusal(msg))
  })

  it.each(["/api/payIn", "/api/payInQuery", "/api/payOut", "/api/payOutQuery"])(
    "takes nothing at %s that is not signed over its very bytes",
    async (path) => {
      const { apiKey } = sandbox.credentials
      const body = JSON.stringify(path === "/api/payOut" ? PAYOUT : ORDER)
      const wrong = [
        "",
        signOf(body, `${apiKey}x`),
        signOf(`${body} `, apiKey),
        signOf(body, apiKey).slice(1),
      ]
      for (const Sign of wrong) {
        expect(await merchant.send(path, body, { Sign })).toMatchObject(
          refusal("Sign_verify_error")
        )
      }
      expect(sandbox.orders.all()).toEqual([])
      expect(sandbox.payouts.all()).toEqual([])
    }
  )

  it("takes a Sign in lower case, and a body with spaces that was signed with them", async () => {
    const body = JSON.stringify(ORDER, null, 2)
    const Sign = signOf(body, sandbox.credentials.apiKey).toLowerCase()
    expect(await merchant.send("/api/payIn", body, { Sign })).toMatchObject({ code: 200 })
  })

  describe("a payIn", () => {
    it.each(Object.keys(ORDER))(
      "is refused without %s, and with null or nothing",
      async (field) => {
        for (const value of [undefined, null, ""]) {
          expect(await merchant.payIn({ [field]: value })).toMatchObject(
            refusal(`Params_${field}_Required`)
          )
        }
        expect(sandbox.orders.all()).toEqual([])
      }
    )

    it.each(["nonceStr", "mchOrderNo", "remark", "realName", "phone", "email", "idCard", "idType"])(
      "takes 32 characters of %s and no more",
      async (field) => {
        const text = `@${"é".repeat(31)}`
        expect(await merchant.payIn({ [field]: text })).toMatchObject({ code: 200 })
        expect(await merchant.payIn({ [field]: `${text}x` })).toMatchObject(
          refusal(`Params_${field}_error`)
        )
      }
    )

    it.each([
      ["amount", 100],
      ["amount", "0"],
      ["amount", "-1.00"],
      ["amount", "1.005"],
      ["amount", "1e3"],
      ["payType", "36"],
      ["payType", 36.5],
      ["reusableStatus", true],
      ["reusableStatus", "false"],
      ["expireTime", "3600"],
      ["expireTime", 0],
      ["expireTime", 1.5],
      ["currency", "pkr"],
      ["currency", "RUPEES"],
      ["notifyUrl", "shop.test/hook"],
      ["notifyUrl", "javascript:alert(1)"],
      ["email", "not an address"],
      ["realName", " "],
      ["mchOrderNo", 1001],
    ])("is refused with %s %j", async (field, value) => {
      expect(await merchant.payIn({ [field]: value })).toMatchObject(
        refusal(`Params_${field}_error`)
      )
      expect(sandbox.orders.all()).toEqual([])
    })

    it("is refused with a field that Cashy does not have", async () => {
      expect(await merchant.payIn({ country: "PK" })).toMatchObject(refusal("Params_country_error"))
    })

    it("is refused with a fraction where amounts are whole, and taken where they are not", async () => {
      expect(await merchant.payIn({ amount: "100.50" })).toMatchObject(
        refusal("Params_amount_error")
      )
      sandbox.set({ wholeAmounts: false })
      expect(await merchant.payIn({ amount: "100.50" })).toMatchObject({ code: 200 })
    })

    it.each(["99", "50001"])("of %s is refused beyond the limits", async (amount) => {
      sandbox.set({ minAmount: "100.00", maxAmount: "50000.00" })
      expect(await merchant.payIn({ amount })).toMatchObject(refusal("Params_amount_error"))
    })

    it("is refused under a number that is in use", async () => {
      await merchant.payIn()
      expect(await merchant.payIn()).toMatchObject(refusal("Payin_Order_Error"))
      expect(sandbox.orders.all()).toHaveLength(1)
    })
  })

  describe("a query", () => {
    it("needs one of the numbers, and a nonceStr", async () => {
      expect(await merchant.query({})).toMatchObject(refusal("Params_orderNo_Required"))
      expect(
        await merchant.post("/api/payInQuery", { mchOrderNo: ORDER.mchOrderNo })
      ).toMatchObject(refusal("Params_nonceStr_Required"))
    })

    it("finds nothing by the other side's number", async () => {
      const orderNo = (await merchant.payIn()).data?.["orderNo"]
      for (const numbers of [{ orderNo: ORDER.mchOrderNo }, { mchOrderNo: orderNo }]) {
        expect(await merchant.query(numbers)).toMatchObject(refusal("Payin_Order_not_exist"))
      }
    })
  })
})

const { mchOrderNo } = ORDER

describe("a webhook", () => {
  let receiver: Receiver
  let sandbox: CashySandbox
  let statuses: readonly number[]

  beforeEach(async () => {
    statuses = []
    receiver = await startReceiver((index) => ({ status: statuses[index] ?? 200 }))
    const started = await startMerchant({
      apiKey: KEY,
      now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
      webhookRetryDelayMs: 1,
    })
    sandbox = started.sandbox
    await started.merchant.payIn({ notifyUrl: receiver.url, amount: "20000" })
  })

  const last = () => receiver.received.at(-1)

  it("goes to the order's address, signed over its very bytes", async () => {
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect(last()?.headers).toMatchObject({
      "content-type": "application/json",
      merchantid: "1002001",
      sign: signOf(last()?.body ?? "", KEY),
    })
  })

  it("has numbers with zeros at their end, so that JSON written anew has another signature", async () => {
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    const body = last()?.body ?? ""
    expect(body).toMatch(
      /^\{"amount":20000\.00,"completionTime":"2026-01-02 03:04:05","fee":2\.0000,/
    )
    expect(signOf(JSON.stringify(JSON.parse(body)), KEY)).not.toBe(last()?.headers["sign"])
  })

  it("can carry another amount under a signature that is right", async () => {
    sandbox.set({ webhookAmount: "1" })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(last()?.body).toMatch(/^\{"amount":1,/)
    expect(last()?.headers["sign"]).toBe(signOf(last()?.body ?? "", KEY))
  })

  it("can be forged", async () => {
    sandbox.set({ forgeWebhooks: true })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(last()?.headers["sign"]).toMatch(/^[0-9A-F]{32}$/)
    expect(last()?.headers["sign"]).not.toBe(signOf(last()?.body ?? "", KEY))
  })

  it.each([200, 301, 302])("is taken with HTTP %d", async (status) => {
    statuses = [status]
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
  })

  it.each([201, 204, 307, 400, 500])("is sent again after HTTP %d", async (status) => {
    statuses = [status]
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body)
  })

  it("is given up after ten retries, and the next one is sent all the same", async () => {
    statuses = Array.from({ length: 11 }, () => 500)
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(11)
    expect(sandbox.webhooks.deliveries).toMatchObject([{ state: "given-up" }])
    sandbox.resendWebhook(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(12)
  })
})
