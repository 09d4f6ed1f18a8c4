import { inspect } from "node:util"
import { parseOptions } from "../../base/options"
import { kess } from "../gateway"
import { KessPaymentProvider } from ".."
import { refusalOf } from "../../../shared/__tests__/refusal"

const right = {
  baseUrl: "https://api.kess.example",
  username: "shop",
  password: "a-password",
  storeId: "109038",
  serviceId: 30,
  mode: "native",
  currency: "usd",
}

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => KessPaymentProvider.validateOptions(options))
const faults = (options: Record<string, unknown>) => refusal(options).message.split("\n").slice(1)

const idForm = "a whole number or a text that is not empty"

const where = {
  kess: "KESS tells it to each merchant with the credentials",
  serviceId: "It names the wallet. In KESS's examples 2 is Alipay and 30 WeChat Pay",
  mode: "native shows a QR; the others need the shopper's code",
  currency: "It is the currency that KESS set for your store",
  fee: 'must be a percentage from 0.0001 to 100 such as "2". Leave it out if the shop bears the fee',
}

describe("KESS's options", () => {
  it("stop the store at boot with all that is missing and where to find it", () => {
    expect(refusal({}).message).toMatch(
      /^KESS Pay: the options of medusa-regional-payments\/providers\/kess in medusa-config/
    )
    expect(faults({})).toEqual([
      `- baseUrl: is missing. ${where.kess}`,
      `- username: is missing. ${where.kess}`,
      `- password: is missing. ${where.kess}`,
      `- storeId: is missing. ${where.kess}`,
      `- serviceId: is missing. ${where.serviceId}`,
      `- mode: is missing. ${where.mode}`,
      `- currency: is missing. ${where.currency}`,
    ])
  })

  it.each([
    ["username", "", `is empty. ${where.kess}`],
    ["password", 7, `must be a text. ${where.kess}`],
    ["storeId", "", `must be ${idForm}. ${where.kess}`],
    ["storeId", "  ", `must be ${idForm}. ${where.kess}`],
    ["storeId", -1, `must be ${idForm}. ${where.kess}`],
    ["storeId", 1.5, `must be ${idForm}. ${where.kess}`],
    ["storeId", 2 ** 53, `must be ${idForm}. ${where.kess}`],
    ["serviceId", null, `must be ${idForm}. ${where.serviceId}`],
    ["mode", "qr", `must be "native" or "quick" or "jsapi". ${where.mode}`],
    ["currency", "eur", `must be "usd" or "khr". ${where.currency}`],
    ["subStoreName", "", "is empty. Leave it out to show the name of your store at KESS"],
    ["feeRate", 0, where.fee],
    ["feeRate", -2, where.fee],
    ["feeRate", 100.01, where.fee],
    ["feeRate", "2 %", where.fee],
    ["feeRate", 0.00001, where.fee],
    ["feeRate", null, where.fee],
    ["paths", "/native-pay", 'must be an object such as { nativePay: "/native-pay" }'],
    [
      "baseUrl",
      "http://api.kess.example",
      `must begin with https:// (plain http is accepted only for localhost). ${where.kess}`,
    ],
  ])("explain a wrong %s: %j", (option, value, sentence) => {
    expect(faults({ ...right, [option]: value })).toEqual([`- ${option}: ${sentence}`])
  })

  it.each(["refund", "/a/../refund", "/refund?x=1", "/{refund}", "//refund", "/", "/re fund"])(
    "explain a path that is none: %s",
    (refund) => {
      expect(faults({ ...right, paths: { refund } })).toEqual([
        "- paths.refund: must be a path such as /refund",
      ])
    }
  )

  it("name an option that is misspelt, in place of ignoring it", () => {
    expect(faults({ ...right, storeID: "1" })).toEqual([
      "- storeID: no such option; did you mean storeId?",
    ])
  })

  it("never show the password, neither when refused nor when accepted", () => {
    const shown = (value: unknown) => inspect(value, { depth: 10, showHidden: true })
    const text = [
      shown(refusal({ ...right, password: "s-1-s", baseUrl: "s-2-s" })),
      shown(parseOptions(kess, { ...right, password: "s-1-s" })),
      JSON.stringify(parseOptions(kess, { ...right, password: "s-1-s" })),
    ].join()
    expect(text).not.toMatch(/s-\d-s/)
  })

  it("need no more than seven, and fill in the rest", () => {
    expect(parseOptions(kess, right)).toMatchObject({
      timeoutMs: 15_000,
      allowedReturnOrigins: [],
      paths: {
        token: "/token",
        nativePay: "/native-pay",
        quickPay: "/quick-pay",
        jsapiPay: "/jsapi-pay",
        refund: "/refund",
        checkPaymentStatus: "/check-payment-status",
        checkRefundStatus: "/check-refund-status",
      },
    })
  })

  it("keep a number a number and a text a text, as KESS told it", () => {
    const change = { storeId: 109038, serviceId: "30", subStoreId: "0123" }
    expect(parseOptions(kess, { ...right, ...change })).toMatchObject(change)
  })

  it("may name one path of their own and keep the others", () => {
    expect(parseOptions(kess, { ...right, paths: { token: "/api/v2/token" } }).paths).toMatchObject(
      {
        token: "/api/v2/token",
        refund: "/refund",
      }
    )
  })

  it.each([2, "2", "2.50", 0.6, 100])("take a fee of %j percent", (feeRate) => {
    expect(parseOptions(kess, { ...right, feeRate }).feeRate).toBe(String(Number(feeRate)))
  })
})
