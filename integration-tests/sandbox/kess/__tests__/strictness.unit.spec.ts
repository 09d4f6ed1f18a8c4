import { feeOn, formatAmount, NumberLiteral, parseAmount, parseJsonFields } from "../protocol"
import { type KessSandbox } from ".."
import { AUTH_CODE, type Merchant, ORDER, refused, startMerchant } from "./merchant"

const read = (text: string) => parseJsonFields(Buffer.from(text))

describe("parseJsonFields", () => {
  it.each(["", "{", "{'a': 1}", '{"a": 01}', '{"a": 1,}', '{"a" 1}', "a=1"])(
    "refuses %j as no JSON",
    (text) => {
      expect(read(text)).toEqual({ problem: "the body is not JSON" })
    }
  )

  it.each(["null", "[]", "1", '"text"'])("refuses %j as no object", (text) => {
    expect(read(text)).toEqual({ problem: "the body is not a JSON object" })
  })

  it.each(['{"a": {}}', '{"a": [1]}'])("refuses %j as too deep", (text) => {
    expect(read(text)).toHaveProperty("problem")
  })

  it("refuses a name that comes twice, however it is written", () => {
    expect(read('{"amount": 1, "\\u0061mount": 2}')).toEqual({ repeated: "amount" })
  })

  it("keeps numbers as they stand, to the last digit", () => {
    expect(read('{"a":0.300000000000000004,"b":-1.0e+2 , "c":123456789012345678}')).toEqual({
      fields: {
        a: new NumberLiteral("0.300000000000000004"),
        b: new NumberLiteral("-1.0e+2"),
        c: new NumberLiteral("123456789012345678"),
      },
    })
  })

  it("is not misled by what stands inside a string", () => {
    expect(read('{"a":"x\\",\\"b\\":2","c":null,"d":true,"e":"","f":"7"}')).toEqual({
      fields: { a: 'x","b":2', c: null, d: true, e: "", f: "7" },
    })
    expect(read("{ }")).toEqual({ fields: {} })
  })
})

describe("parseAmount", () => {
  it.each([
    "0",
    "0.00",
    "-1",
    "1.005",
    "0.30000000000000004",
    "0.1000000000000000055511151231257827",
    "100.000",
    "1e2",
    "1E-2",
    "1234567890123",
  ])("refuses %s", (literal) => {
    expect(parseAmount(literal)).toBeUndefined()
  })

  it.each([
    ["0.01", "0.01"],
    ["0.1", "0.10"],
    ["100", "100.00"],
    ["100.50", "100.50"],
    ["999999999999.99", "999999999999.99"],
  ])("reads %s as %s", (literal, amount) => {
    expect(formatAmount(parseAmount(literal) ?? 0n)).toBe(amount)
  })
})

describe("the fee", () => {
  it.each([
    ["100.00", "2", "2.00"],
    ["0.25", "2", "0.01"],
    ["0.24", "2", "0.00"],
    ["1234567.89", "2.5", "30864.20"],
    ["100.00", "0", "0.00"],
  ])("on %s at %s percent is %s", (amount, rate, fee) => {
    expect(formatAmount(feeOn(parseAmount(amount) ?? 0n, rate))).toBe(fee)
  })
})

const pay = {
  service_id: 30,
  store_id: "109038",
  sub_store_id: 123,
  sub_store_name: "Test Store",
  amount: 0.01,
  fee_rate: 2,
  out_trade_no: "ORDER-4339",
}
const refund = {
  service_id: 30,
  store_id: "109038",
  refund_amount: 0.01,
  out_trade_no: "ORDER-4339",
  out_refund_no: "REFUND-4339-1",
  reason: "....",
}
const check = { store_id: 109038, out_trade_no: "ORDER-4339" }

const native = ["qr_code", "amount", "out_trade_no", "result_code"]
const byCode = ["amount", "currency", "out_trade_no", "transaction_id", "result_code"]
const refunded = [
  "service_id",
  "store_id",
  "refund_amount",
  "currency",
  "out_trade_no",
  "out_refund_no",
  "transaction_id",
  "result_code",
]
const checked = [
  "is_success",
  "service_id",
  "out_trade_no",
  "amount",
  "out_refund_no",
  "currency",
  "message",
]

/** With the digits that the vendor has blacked out filled in, and the code as a string. */
describe("the vendor's sample", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

  it.each([
    { call: "nativePay", body: { ...pay, auth_code: "284957000000000000" }, fields: native },
    { call: "nativePay", body: pay, fields: native },
    {
      call: "quickPay",
      body: { ...pay, service_id: 2, auth_code: "284957000000000000" },
      fields: byCode,
    },
    { call: "jsapiPay", body: { ...pay, auth_code: "284957000000000000" }, fields: byCode },
  ] as const)("of $call is answered with $fields", async ({ call, body, fields }) => {
    expect(await dataOf(merchant.post(call, body))).toEqual(fields)
  })

  it.each([
    { call: "refund", body: refund, fields: refunded },
    { call: "checkPayment", body: check, fields: checked },
    { call: "checkRefund", body: check, fields: checked },
  ] as const)("of $call, once it was paid, is answered with $fields", async (sample) => {
    await merchant.nativePay(pay)
    sandbox.pay(pay.out_trade_no)
    expect(await dataOf(merchant.post(sample.call, sample.body))).toEqual(sample.fields)
  })
})

/** The names of the fields, in their order. */
async function dataOf(call: ReturnType<Merchant["post"]>): Promise<string[]> {
  const answer = await call
  return answer.success ? Object.keys(answer.data) : [answer.message]
}

const NATIVE = "/native-pay"

describe("KESS's API", () => {
  let sandbox: KessSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now }))
  })

  it("refuses a path it does not have", async () => {
    expect(await merchant.send("/close-order", "{}")).toMatchObject(refused(404, /path/))
  })

  it("refuses everything but POST", async () => {
    const response = await fetch(sandbox.url + NATIVE)
    expect(response.status).toBe(405)
    expect(await response.json()).toMatchObject({ success: false })
  })

  it.each(["application/x-www-form-urlencoded", "text/plain", ""])(
    "refuses a body of type %j",
    async (type) => {
      expect(
        await merchant.send(NATIVE, JSON.stringify(ORDER), { "content-type": type })
      ).toMatchObject(refused(415, /application\/json/))
    }
  )

  it.each(["", "amount=1", "[]", "null", '{"amount": {"value": 1}}'])(
    "refuses the body %j",
    async (body) => {
      expect(await merchant.send(NATIVE, body)).toMatchObject(refused(200, /can't be read/))
    }
  )

  describe("its token", () => {
    it.each([
      { user: "somebody", password: "kess_sandbox_password" },
      { user: "kess_sandbox", password: "guessed" },
    ])("is not given to $user with $password", async (credentials) => {
      expect(await merchant.post("token", credentials)).toMatchObject(refused(401, /wrong/))
    })

    it.each([
      "nativePay",
      "quickPay",
      "jsapiPay",
      "refund",
      "checkPayment",
      "checkRefund",
    ] as const)("is needed for %s, behind the word Bearer", async (call) => {
      const path = sandbox.paths[call]
      for (const authorization of ["", "Bearer", "Basic a2Vzcw==", "eyJ0eXAi"]) {
        expect(await merchant.send(path, "{}", { authorization })).toMatchObject(
          refused(401, /is missing/)
        )
      }
      expect(await merchant.send(path, "{}", { authorization: "Bearer guessed" })).toMatchObject(
        refused(401, /not valid/)
      )
    })

    it("expires in a minute", async () => {
      now += 59_999
      expect(await merchant.nativePay()).toMatchObject({ success: true })
      now += 1
      expect(await merchant.checkPayment()).toMatchObject(refused(401, /expired/))
    })
  })

  describe("a payment", () => {
    it.each(["service_id", "store_id", "amount", "out_trade_no"] as const)(
      "is refused without %s, with an empty one and with none",
      async (field) => {
        const { [field]: left, ...fields } = ORDER
        expect(left).toBeDefined()
        for (const incomplete of [fields, { ...ORDER, [field]: "" }, { ...ORDER, [field]: null }]) {
          expect(await merchant.post("nativePay", incomplete)).toMatchObject(
            refused(200, `A required field is missing or empty: ${field}`)
          )
        }
        expect(sandbox.orders.all()).toEqual([])
      }
    )

    it.each(["0.30000000000000004", "0.300000000000000001", "1.005", "1e2", "0", "-1", '"0.30"'])(
      "is refused for the amount %s",
      async (amount) => {
        const body = JSON.stringify(ORDER).replace('"amount":0.3', `"amount":${amount}`)
        expect(await merchant.send(NATIVE, body)).toMatchObject(refused(200, /amount must be/))
        expect(sandbox.orders.all()).toEqual([])
      }
    )

    it.each([
      { service_id: "30" },
      { fee_rate: "2" },
      { fee_rate: 100 },
      { out_trade_no: 4339 },
      { out_trade_no: "ORDER 1" },
      { out_trade_no: "O".repeat(33) },
      { sub_store_name: "n".repeat(129) },
      { sub_store_name: 5 },
      { auth_code: 134567890123456 },
      { auth_code: "13456789012345678x" },
      { auth_code: "123456789012345" },
    ])("is refused with %j", async (wrong) => {
      const [field] = Object.keys(wrong)
      expect(await merchant.nativePay(wrong)).toMatchObject(
        refused(200, new RegExp(`not valid: ${field}`))
      )
    })

    it.each([{ store_id: "1" }, { store_id: 109039 }])("is refused for %j", async (wrong) => {
      expect(await merchant.nativePay(wrong)).toMatchObject(refused(200, /no store/))
    })

    it("is refused for a service that the store does not have", async () => {
      expect(await merchant.nativePay({ service_id: 3 })).toMatchObject(refused(200, /no service/))
    })

    it("is refused with a field that KESS does not have, and with one that comes twice", async () => {
      expect(await merchant.nativePay({ currency: "USD" })).toMatchObject(
        refused(200, "A field is not known: currency")
      )
      const body = JSON.stringify(ORDER).replace("{", '{"amount":1,')
      expect(await merchant.send(NATIVE, body)).toMatchObject(refused(200, /amount was sent twice/))
    })

    it.each(["quickPay", "jsapiPay"] as const)(
      "by %s is refused without a code, and with one that is a number",
      async (call) => {
        expect(await merchant.post(call, ORDER)).toMatchObject(
          refused(200, "A required field is missing or empty: auth_code")
        )
        const body = JSON.stringify(ORDER).replace("{", `{"auth_code":${AUTH_CODE},`)
        expect(await merchant.send(sandbox.paths[call], body)).toMatchObject(
          refused(200, /not valid: auth_code must be a JSON string/)
        )
        expect(sandbox.ledger.entries()).toEqual([])
      }
    )
  })

  it.each(["checkPayment", "checkRefund"] as const)(
    "refuses to %s for a store that is not the merchant's",
    async (check) => {
      await merchant.nativePay()
      expect(await merchant[check]({ store_id: "109039" })).toMatchObject(refused(200, /no store/))
    }
  )
})
