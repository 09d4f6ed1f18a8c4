import { parseAmount, signWebhook } from "../protocol"
import { type MocasaMemory, type MocasaSandbox, startMocasaSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

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

  it("changes with the status and with the secret", () => {
    const signatures = [
      signWebhook(signed, "test_secret", "base64"),
      signWebhook({ ...signed, txStatus: "failed" }, "test_secret", "base64"),
      signWebhook(signed, "other_secret", "base64"),
    ]
    expect(new Set(signatures).size).toBe(3)
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

const { orderNo } = ORDER

describe("a sandbox that is started again with what it remembered", () => {
  const running: MocasaSandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("refunds an order that was paid before, once, and keeps the whole ledger", async () => {
    let memory: MocasaMemory | undefined
    const onMemory = (latest: MocasaMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.createOrder()
    first.sandbox.pay(orderNo)

    const second = await start({ memory, onMemory })
    expect(await second.merchant.refundOrder()).toMatchObject({ success: true })
    expect(memory?.ledger.map(({ kind }) => kind)).toEqual(["payment", "refund"])

    const third = await start({ memory })
    expect(await third.merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect(sandbox.orders.all()).toEqual([])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  async function start(options: Parameters<typeof startMocasaSandbox>[0]) {
    const sandbox = await startMocasaSandbox(options)
    running.push(sandbox)
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    return { sandbox, merchant }
  }
})

const CREATE = "/payment/order/create"
const refusal = (status: number, code: string) => ({ status, success: false, code, data: null })

describe("Mocasa's API", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    sandbox = await startMocasaSandbox({ now: () => now, tokenLifeMs: 60_000 })
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

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

  it("bears a charset behind the type", async () => {
    const type = "application/x-www-form-urlencoded; charset=UTF-8"
    expect(
      await merchant.send(CREATE, new URLSearchParams(ORDER).toString(), { "content-type": type })
    ).toMatchObject({ success: true })
  })

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

    it("is unknown once it was revoked", async () => {
      sandbox.revokeTokens()
      expect(await merchant.queryOrder()).toMatchObject(refusal(401, "TOKEN_INVALID"))
      await merchant.signIn()
      expect(await merchant.createOrder()).toMatchObject({ success: true })
    })

    it.each([
      ["epoch-ms", Date.UTC(2026, 0, 1) + 60_000],
      ["epoch-s", Date.UTC(2026, 0, 1) / 1000 + 60],
      ["lifetime-s", 60],
    ] as const)("tells its end as %s", async (expireTime, expected) => {
      sandbox.set({ expireTime })
      expect((await merchant.signIn()).data).toMatchObject({ expireTime: expected })
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

    it("can give its link again, but not for other fields", async () => {
      sandbox.set({ duplicateOrder: "same-link" })
      const first = await merchant.createOrder()
      expect(await merchant.createOrder({ amount: "100" })).toEqual(first)
      expect(await merchant.createOrder({ amount: "100.01" })).toMatchObject(
        refusal(200, "ORDER_EXISTS")
      )
    })
  })

  it("shows a test what it was asked, with the secret masked", async () => {
    await merchant.createOrder()
    expect(sandbox.calls.list().map(({ path }) => path)).toEqual(["/auth/token/apply", CREATE])
    expect(sandbox.calls.list("/auth/token/apply")[0]?.fields).toEqual({
      clientKey: "mp_sandbox",
      clientSecret: "***",
    })
    expect(sandbox.calls.list(CREATE)[0]).toMatchObject({
      fields: ORDER,
      headers: { accesstoken: expect.any(String) },
    })
    expect(JSON.stringify(sandbox.calls.list())).not.toContain("se_sandbox_secret")
  })

  it("refuses a token for as long as the fault says, in the envelope", async () => {
    sandbox.faults.add({ kind: "unauthorized", path: CREATE, times: 2 })
    expect(await merchant.createOrder()).toMatchObject(refusal(401, "TOKEN_INVALID"))
    expect(await merchant.createOrder()).toMatchObject(refusal(401, "TOKEN_INVALID"))
    expect(await merchant.createOrder()).toMatchObject({ success: true })
  })
})
