import { inspect } from "node:util"
import { parseOptions } from "../../base/options"
import { cashy } from "../gateway"
import { CashyPaymentProvider } from ".."
import { refusalOf } from "../../../shared/__tests__/refusal"

const right = {
  baseUrl: "https://api.cashy.example",
  merchantId: "1002001",
  apiKey: "an-api-key",
  currency: "PKR",
  payType: 36,
  notifyUrl: "https://shop.example/hooks/payment/cashy_cashy",
}

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => CashyPaymentProvider.validateOptions(options))
const faults = (options: Record<string, unknown>) => refusal(options).message.split("\n").slice(1)

const where = {
  cashy: "Cashy tells it to each merchant",
  payType: "See Cashy's Payin PayType Enum for your country; in Pakistan 36 or 38",
  notifyUrl:
    "It is https://<your store's backend>/hooks/payment/cashy_cashy, with your provider's id at the end",
  expiresIn: "It is a number of seconds, such as 3600 for an hour",
  limits: "It is what you agreed on with Cashy; leave it out if there is none",
}

describe("Cashy's options", () => {
  it("stop the store at boot with all that is missing and where to find it", () => {
    expect(faults({})).toEqual([
      `- baseUrl: is missing. ${where.cashy}, one for each country, for testing and for production`,
      `- merchantId: is missing. ${where.cashy}`,
      `- apiKey: is missing. ${where.cashy}`,
      `- currency: is missing. It is the currency of your account with Cashy`,
      `- payType: is missing. ${where.payType}`,
      `- notifyUrl: is missing. ${where.notifyUrl}`,
    ])
  })

  it.each([
    ["merchantId", "", `is empty. ${where.cashy}`],
    ["merchantId", "M1002001", `must be digits such as 1002001. ${where.cashy}`],
    ["merchantId", 1002001, `must be a text. ${where.cashy}`],
    ["apiKey", "  ", `is empty. ${where.cashy}`],
    ["previousApiKey", "", "is empty. Leave it out unless a key is being changed"],
    ["currency", "Rs", "must be a currency's code such as PKR"],
    ["payType", 0, `must be a whole number above zero. ${where.payType}`],
    ["payType", 36.5, `must be a whole number above zero. ${where.payType}`],
    ["payType", "launch", `must be a whole number above zero. ${where.payType}`],
    [
      "notifyUrl",
      "/hooks/payment/cashy_cashy",
      `must be a full address such as https://shop.example/checkout/return. ${where.notifyUrl}`,
    ],
    [
      "notifyUrl",
      `https://shop.example/${"a".repeat(250)}`,
      "has more than the 250 characters that Cashy takes",
    ],
    ["expiresIn", 59, `must be at least 60. ${where.expiresIn}`],
    ["expiresIn", 3_600_000, `must be at most 2592000. ${where.expiresIn}`],
    ["expiresIn", 90.5, `must be a whole number. ${where.expiresIn}`],
    ["expiresIn", "3600", `must be a whole number. ${where.expiresIn}`],
    ["minAmount", 0, `must be an amount above zero such as "100.00". ${where.limits}`],
    ["minAmount", "100,00", `must be an amount above zero such as "100.00". ${where.limits}`],
    ["maxAmount", [], `must be an amount above zero such as "100.00". ${where.limits}`],
    ["maxAmount", "1.005", `must have at most 2 places. ${where.limits}`],
    ["wholeAmounts", "no", "must be true or false"],
    ["placeOrderBeforePayment", 1, "must be true or false"],
  ])("explain a wrong %s: %j", (option, value, sentence) => {
    expect(faults({ ...right, [option]: value })).toEqual([`- ${option}: ${sentence}`])
  })

  it("refuse a maximum below the minimum", () => {
    expect(faults({ ...right, minAmount: "100", maxAmount: "99.99" })).toEqual([
      `- maxAmount: is less than minAmount. ${where.limits}`,
    ])
  })

  it("name an option that is misspelt, in place of ignoring it", () => {
    expect(faults({ ...right, apikey: "x" })).toEqual([
      "- apikey: no such option; did you mean apiKey?",
    ])
  })

  it("never show a secret, neither when refused nor when accepted", () => {
    const secrets = { apiKey: "s-1-s", previousApiKey: "s-2-s" }
    const shown = (value: unknown) => inspect(value, { depth: 10, showHidden: true })
    const text = [
      shown(refusal({ ...right, ...secrets, baseUrl: "s-3-s", extra: "s-4-s" })),
      shown(parseOptions(cashy, { ...right, ...secrets })),
      JSON.stringify(parseOptions(cashy, { ...right, ...secrets })),
    ].join()
    expect(text).not.toMatch(/s-\d-s/)
  })

  it("need no more than six, and fill in the rest", () => {
    expect(parseOptions(cashy, right)).toMatchObject({
      currency: "pkr",
      expiresIn: 3_600,
      wholeAmounts: true,
      placeOrderBeforePayment: false,
      timeoutMs: 15_000,
    })
  })

  it("have whole amounts for rupees of Pakistan alone, unless the shop says otherwise", () => {
    const whole = (change: object) => parseOptions(cashy, { ...right, ...change }).wholeAmounts
    expect(whole({ currency: "php" })).toBe(false)
    expect(whole({ currency: "php", wholeAmounts: true })).toBe(true)
    expect(whole({ wholeAmounts: false })).toBe(false)
  })

  it("are all accepted together, with numbers as they come from the environment", () => {
    const all = {
      ...right,
      payType: "38",
      previousApiKey: "b",
      expiresIn: 1_800,
      minAmount: "100.00",
      maxAmount: 50_000,
      wholeAmounts: true,
      placeOrderBeforePayment: true,
      timeoutMs: 20_000,
      storefrontUrl: "https://shop.example/done",
      allowedReturnOrigins: ["https://shop.example"],
    }
    expect(parseOptions(cashy, all)).toMatchObject({
      payType: 38,
      minAmount: "100",
      maxAmount: "50000",
    })
  })
})
