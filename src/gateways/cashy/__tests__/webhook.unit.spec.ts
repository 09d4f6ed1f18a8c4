import crypto from "node:crypto"
import { Secret } from "../../shared/secret"
import { readCallback, readWebhook } from "../webhook"

const read = (value: unknown) =>
  readCallback(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)))

const callback = {
  mchOrderNo: "order_xxxxxxxxxxxxxx",
  orderNo: "PAYIN1234500000000001",
  orderStatus: "SUCCESS",
}

describe("a body that is no callback of Cashy's", () => {
  it.each([
    ["nothing", ""],
    ["half of it", '{"mchOrderNo":"1","ord'],
    ["a form", "mchOrderNo=1&orderNo=2&orderStatus=SUCCESS"],
    ["a list", [callback]],
    ["null", "null"],
    ["no number of ours", { ...callback, mchOrderNo: undefined }],
    ["an empty number of ours", { ...callback, mchOrderNo: "" }],
    ["no number of Cashy's", { ...callback, orderNo: null }],
    ["a number that is an object", { ...callback, orderNo: { $ne: null } }],
    ["no status", { ...callback, orderStatus: undefined }],
    ["an empty status", { ...callback, orderStatus: "" }],
    ["a type that is a list", { ...callback, orderType: ["PATCH"] }],
    ["JSON deeper than a stack", `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ])("is not read: %s", (_what, value) => {
    expect(read(value)).toBeUndefined()
  })

  it("is not read where it is not text", () => {
    expect(readCallback(Buffer.from([0xff, 0xfe, 0x00, 0x7b]))).toBeUndefined()
  })
})

describe("a callback whose end was cut off", () => {
  const trust = {
    apiKeys: [Secret.of("test_key")],
    references: { isOrder: () => true, isPayout: () => false },
  }
  const readBytes = (body: string) =>
    readWebhook({ rawBody: Buffer.from(body), headers: { sign: "0".repeat(32) } }, trust)

  it("is refused before anything is computed of it", () => {
    const digests = [jest.spyOn(crypto, "hash"), jest.spyOn(crypto, "createHash")]
    const made = () => digests.reduce((calls, { mock }) => calls + mock.calls.length, 0)
    const body = JSON.stringify(callback)
    expect(readBytes(body.slice(0, -1))).toMatchObject({ type: "unreadable" })
    expect(made()).toBe(0)
    expect(readBytes(body)).toEqual({ type: "forged" })
    expect(made()).toBeGreaterThan(0)
    jest.restoreAllMocks()
  })
})

describe("a callback of Cashy's", () => {
  it("is read as in the vendor's first sample, which has no type", () => {
    const sample =
      '{"amount":20000.00,"completionTime":"2024-12-02 12:07:06","fee":2500.0000,"mchOrderNo":"1386503284355244033","merchantId":"3002120","nonceStr":"1733116026894","orderNo":"PAYIN8551790545658687488","orderStatus":"SUCCESS","payCode":"OR.GPNQR..INOPROID_BS","payType":"41","payUrl":"https://payurl.com"}'
    expect(read(sample)).toEqual({
      amount: 20000,
      mchOrderNo: "1386503284355244033",
      orderNo: "PAYIN8551790545658687488",
      orderStatus: "SUCCESS",
    })
  })

  it("is read with the number of the original order", () => {
    const patch = { orderType: "PATCH", patchMchOrderNo: "order_xxxxxxxxxxxxxx0001" }
    expect(read({ ...callback, ...patch })).toEqual({ ...callback, ...patch })
  })

  it("is read with an amount that a double can't hold, as text", () => {
    const text = JSON.stringify({ ...callback, amount: 1 }).replace(
      '"amount":1',
      '"amount":12345678901234567.89'
    )
    expect(read(text)).toMatchObject({ amount: "12345678901234567.89" })
  })

  it.each([true, {}, [1]])("is read without an amount that is none: %j", (amount) => {
    expect(read({ ...callback, amount })).toEqual({ ...callback, amount: undefined })
  })

  it("is read with links longer than the vendor's table allows", () => {
    expect(read({ ...callback, payUrl: `https://x.example/${"a".repeat(400)}` })).toEqual(callback)
  })

  it("is read behind a byte order mark, which some servers send", () => {
    expect(read(`\uFEFF${JSON.stringify(callback)}`)).toEqual(callback)
  })
})
