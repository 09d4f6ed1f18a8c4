import { isLess, isSignOf, isWhole, parseAmount, sign, sumOf, withoutZeros } from "../protocol"
import { type CashyMemory, type CashySandbox, startCashySandbox } from ".."
import { Merchant, ORDER, PAYOUT, signOf } from "./merchant"

const BODY =
  '{"mchOrderNo":"1386556575370063873","nonceStr":"9459931608","orderNo":"PAYIN8551843837024997376"}'
const KEY = "test_api_key"
const SIGN = "18D70293564B01B466F7D9BA961B680B"

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

describe("an amount", () => {
  it.each([
    ["100.00", "100"],
    ["100.50", "100.5"],
    ["0.05", "0.05"],
    ["100", "100"],
    ["1700", "1700"],
  ])("%s is %s without the zeros at its end", (amount, plain) => {
    expect(withoutZeros(amount)).toBe(plain)
  })

  it("is whole where nothing stands behind the point", () => {
    expect(isWhole("100.00")).toBe(true)
    expect(isWhole("100.01")).toBe(false)
  })

  it("is held against another to the last digit", () => {
    const large = "9007199254740993"
    expect(isLess(`${large}.00`, `${large}.01`)).toBe(true)
    expect(isLess(`${large}.01`, `${large}.01`)).toBe(false)
    expect(isLess("100.00", "99.99")).toBe(false)
  })
})

it.each([
  ["0.00", []],
  ["0.03", [{ amount: "0.03", sign: 1 }]],
  ["-1.05", [{ amount: "1.05", sign: -1 }]],
  [
    "900719925474099200.30",
    [
      { amount: "900719925474099200.10", sign: 1 },
      { amount: "0.20", sign: 1 },
    ],
  ],
])("the sum %s is exact", (sum, terms) => expect(sumOf(terms)).toBe(sum))

const { mchOrderNo } = ORDER

describe("a sandbox that is started again with what it remembered", () => {
  const running: CashySandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("goes on where it stopped, with its orders, its payouts and the whole ledger", async () => {
    let memory: CashyMemory | undefined
    const onMemory = (latest: CashyMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.payIn()
    await first.merchant.payOut()
    first.sandbox.payPart(mchOrderNo, "60")

    const second = await start({ memory, onMemory })
    expect(second.sandbox.payPart(mchOrderNo, "40").mchOrderNo).toBe(`${mchOrderNo}00002`)
    second.sandbox.sayOfPayout(PAYOUT.mchOrderNo, "SUCCESS")
    expect(memory?.ledger.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["payment", "60.00"],
      ["payment", "40.00"],
      ["payout", "50.00"],
    ])

    const third = await start({ memory })
    expect(await third.merchant.payIn()).toMatchObject({ msg: "Payin_Order_Error" })
    expect((await third.merchant.queryPayout()).data).toMatchObject({ orderStatus: "SUCCESS" })
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect(sandbox.orders.all()).toEqual([])
    expect(sandbox.payouts.all()).toEqual([])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  async function start(options: Parameters<typeof startCashySandbox>[0]) {
    const sandbox = await startCashySandbox(options)
    running.push(sandbox)
    return { sandbox, merchant: new Merchant(sandbox) }
  }
})

const refusal = (msg: string, status = 200) => ({ status, code: 500, msg })

describe("Cashy's API", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startCashySandbox()
    merchant = new Merchant(sandbox)
  })

  afterEach(() => sandbox.close())

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

  it("bears a charset behind the type", async () => {
    const type = "application/json; charset=UTF-8"
    expect(
      await merchant.send("/api/payIn", JSON.stringify(ORDER), { "content-type": type })
    ).toMatchObject({ code: 200 })
  })

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

    it("takes 250 characters of notifyUrl and no more", async () => {
      const url = "https://shop.test/".padEnd(250, "h")
      expect(await merchant.payIn({ notifyUrl: `${url}h` })).toMatchObject(
        refusal("Params_notifyUrl_error")
      )
      expect(await merchant.payIn({ notifyUrl: url })).toMatchObject({ code: 200 })
    })

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

    it.each(["100", "50000.00"])("of %s is taken at the limit", async (amount) => {
      sandbox.set({ minAmount: "100.00", maxAmount: "50000.00" })
      expect(await merchant.payIn({ amount })).toMatchObject({ code: 200 })
    })

    it("is refused under a number that is in use", async () => {
      await merchant.payIn()
      expect(await merchant.payIn()).toMatchObject(refusal("Payin_Order_Error"))
      expect(sandbox.orders.all()).toHaveLength(1)
    })

    it("can be told to give the same order again, but not for other fields", async () => {
      sandbox.set({ duplicateOrder: "same-order" })
      const first = await merchant.payIn()
      expect(await merchant.payIn({ nonceStr: "another" })).toEqual(first)
      expect(await merchant.payIn({ amount: "101" })).toMatchObject(refusal("Payin_Order_Error"))
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

    it("takes Cashy's number before the merchant's", async () => {
      await merchant.payIn()
      expect(
        await merchant.query({ orderNo: "PAYIN0", mchOrderNo: ORDER.mchOrderNo })
      ).toMatchObject(refusal("Payin_Order_not_exist"))
    })
  })

  it("shows a test what it was asked, without the identity number, the account and the key", async () => {
    await merchant.payIn()
    await merchant.payOut()
    expect(sandbox.calls.list("/api/payIn")[0]).toMatchObject({
      fields: { ...ORDER, idCard: "***" },
      headers: { merchantid: "1002001", "content-type": "application/json" },
    })
    const log = JSON.stringify(sandbox.calls.list())
    for (const secret of [ORDER.idCard, PAYOUT.accountNo, sandbox.credentials.apiKey]) {
      expect(log).not.toContain(secret)
    }
  })

  it("answers a fault's 401 in its own words", async () => {
    sandbox.faults.add({ kind: "unauthorized", path: "/api/payIn" })
    expect(await merchant.payIn()).toMatchObject(refusal("Sign_verify_error", 401))
    expect(await merchant.payIn()).toMatchObject({ code: 200 })
  })
})
