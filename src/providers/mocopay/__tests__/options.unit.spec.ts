import { inspect } from "node:util"
import { parseOptions } from "../../base/options"
import { mocopay } from "../gateway"
import { MocopayPaymentProvider } from ".."
import { rightOptions } from "./gateway-under-test"
import { refusalOf } from "../../../shared/__tests__/refusal"

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => MocopayPaymentProvider.validateOptions(options))
const faults = (options: Record<string, unknown>) => refusal(options).message.split("\n").slice(1)

const controlBox = "Find it in MoCoPay's control box: your service"
const inBox = "Leave it out if it is set in MoCoPay's control box"
const priceList = "It is the price that MoCoPay set up for the pid"
const product = { pid: "PP1", amount: "4.99", currency: "EUR" }

describe("MoCoPay's options", () => {
  it("stop the store at boot with all that is missing and where to find it", () => {
    expect(refusal({}).message).toMatch(
      /^MoCoPay: the options of medusa-regional-payments\/providers\/mocopay in medusa-config/
    )
    expect(faults({})).toEqual([
      `- apiKey: is missing. ${controlBox}`,
      `- secret: is missing. ${controlBox}`,
      `- products: is missing. ${priceList}`,
    ])
  })

  const shape = '{ pid: "PP1", amount: "4.99", currency: "EUR" }'
  it.each([
    ["apiKey", "", `is empty. ${controlBox}`],
    ["secret", 7, `must be a text. ${controlBox}`],
    ["products", [], `is empty. ${priceList}`],
    ["products", product, `must be a list such as [${shape}]`],
    [
      "baseUrl",
      "http://payment.mocopay.com",
      "must begin with https:// (plain http is accepted only for localhost). " +
        "Leave it out unless MoCoPay gave you an address for testing",
    ],
    [
      "callbackUrl",
      "/return",
      `must be a full address such as https://shop.example/checkout/return. ${inBox}`,
    ],
    ["notifyUrl", "", `is empty. ${inBox}`],
    ["signaturePrefix", null, 'must be a text such as "ApiKey"'],
    ["signatureAlgorithm", "sha256", 'must be "md5" or "sha1"'],
    ["timeoutMs", 15, "must be at least 500 milliseconds"],
  ])("explain a wrong %s: %j", (option, value, sentence) => {
    expect(faults({ ...rightOptions, [option]: value })).toEqual([`- ${option}: ${sentence}`])
  })

  const amount = `must be an amount above zero such as "4.99", with at most 4 places. ${priceList}`
  it.each([
    [{ pid: "" }, `.pid: is empty. ${controlBox}, then its products`],
    ...["0", 0, -1, "4,99", "", "NaN", "1.00001", null].map((value): [object, string] => [
      { amount: value },
      `.amount: ${amount}`,
    ]),
    [{ currency: "euro" }, `.currency: must be a currency's code such as EUR. ${priceList}`],
    [
      { currency: undefined },
      `.currency: is missing. ${priceList}. Its value is undefined: is the environment variable set from which ` +
        "medusa-config takes it?",
    ],
    [{ type: "recurring" }, '.type: must be "onetime" or "subscription"'],
  ])("explain which product is wrong: %j", (change, sentence) => {
    const products = [product, { ...product, pid: "PP2", amount: "1", ...change }]
    expect(faults({ ...rightOptions, products })).toEqual([`- products.1${sentence}`])
  })

  it("explain a product that is none, or has a word too many", () => {
    const options = (other: unknown) => ({ ...rightOptions, products: [other] })
    expect(faults(options("PP1"))).toEqual([`- products.0: must be an object such as ${shape}`])
    expect(faults(options({ ...product, price: "1" }))).toEqual([
      "- products.0.price: no such option",
    ])
  })

  it.each([
    [
      { pid: "PP2", amount: 4.99, currency: "eur" },
      "has the same price as the pid PP1. List only one pid for each price",
    ],
    [{ pid: "PP1", amount: "10", currency: "EUR" }, "repeats the pid PP1. A pid has one price"],
  ])("refuse two products of which a shopper could get either: %j", (other, sentence) => {
    expect(faults({ ...rightOptions, products: [product, other] })).toEqual([
      `- products.1: ${sentence}`,
    ])
  })

  it("name an option that is misspelt, in place of ignoring it", () => {
    expect(faults({ ...rightOptions, apikey: "x" })).toEqual([
      "- apikey: no such option; did you mean apiKey?",
    ])
  })

  it("never show a secret, neither when refused nor when accepted", () => {
    const marked = { ...rightOptions, secret: "s-1-s" }
    const shown = (value: unknown) => inspect(value, { depth: 10, showHidden: true })
    const text = [
      shown(refusal({ ...marked, baseUrl: "s-2-s", extra: "s-3-s" })),
      shown(parseOptions(mocopay, marked)),
      JSON.stringify(parseOptions(mocopay, marked)),
    ].join()
    expect(text).not.toMatch(/s-\d-s/)
  })

  it("need no more than three, and fill in the rest", () => {
    expect(parseOptions(mocopay, rightOptions)).toMatchObject({
      baseUrl: "https://payment.mocopay.com",
      signaturePrefix: "ApiKey",
      signatureAlgorithm: "md5",
      timeoutMs: 15_000,
      products: [
        { pid: "PP5", amount: "5", currency: "eur", type: "onetime" },
        { pid: "PP27638049", amount: "10", currency: "eur", type: "onetime" },
      ],
    })
  })

  it("take a prefix with a blank behind it, and none", () => {
    const prefix = (signaturePrefix: string) =>
      parseOptions(mocopay, { ...rightOptions, signaturePrefix }).signaturePrefix
    expect(prefix("ApiKey ")).toBe("ApiKey")
    expect(prefix("")).toBe("")
  })

  it("take the same amount in two currencies, and prices as numbers", () => {
    const products = [
      { pid: "A", amount: 4.99, currency: "EUR" },
      { pid: "B", amount: 4.99, currency: "USD", type: "subscription" },
    ]
    expect(parseOptions(mocopay, { ...rightOptions, products }).products).toMatchObject([
      { amount: "4.99", currency: "eur" },
      { amount: "4.99", currency: "usd", type: "subscription" },
    ])
  })
})
