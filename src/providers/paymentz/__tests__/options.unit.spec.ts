import { inspect } from "node:util"
import { parseOptions } from "../../base/options"
import { paymentz } from "../gateway"
import { PaymentzPaymentProvider } from ".."
import { rightOptions } from "./gateway-under-test"
import { refusalOf } from "../../../shared/__tests__/refusal"

const right = { ...rightOptions, baseUrl: "https://pay.brand.example" }

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => PaymentzPaymentProvider.validateOptions(options))
const faults = (options: Record<string, unknown>) => refusal(options).message.split("\n").slice(1)
const wrong = (options: Record<string, unknown>) => faults({ ...right, ...options })

describe("Paymentz's options", () => {
  it("stop the store at boot with all that is missing", () => {
    expect(faults({}).map((line) => /^- (\w+): is missing\. \w/.exec(line)?.[1])).toEqual([
      "baseUrl",
      "memberId",
      "secureKey",
      "partnerId",
      "username",
      "totype",
      "returnUrl",
      "notificationUrl",
    ])
  })

  it.each([
    ["baseUrl", "http://pay.brand.example", /must begin with https/],
    ["memberId", 11344, /must be a text/],
    ["secureKey", " ", /is empty/],
    ["totype", "", /is empty/],
    ["capture", "later", /must be "automatic" or "manual"/],
    ["integration", "card", /must be "hosted" or "rest"/],
    ["inquiryPath", "/inquiry", /must be "payments" or "inquiry"/],
    ["returnUrl", "/return", /must be a full address/],
    ["returnUrl", `https://m.example/${"r".repeat(90)}`, /at most 100 characters/],
    ["notificationUrl", `https://m.example/${"n".repeat(90)}`, /at most 100 characters/],
    ["currencies", {}, /names no currency/],
    ["currencies", { USD: 2 }, /./],
    ["currencies", { usd: 4 }, /./],
    ["secretKey", "x", /no such option/],
  ])("explain a wrong %s: %j", (option, value, sentence) => {
    const [line, ...others] = wrong({ [option]: value })
    expect(line).toMatch(new RegExp(`^- ${option}`))
    expect(line).toMatch(sentence)
    expect(others).toEqual([])
  })

  it("never show a secret, neither when refused nor when accepted", () => {
    const secrets = { secureKey: "s-1-s", previousSecureKey: "s-2-s" }
    const shown = (value: unknown) => inspect(value, { depth: 10, showHidden: true })
    const text = [
      shown(refusal({ ...right, ...secrets, baseUrl: "s-3-s" })),
      shown(parseOptions(paymentz, { ...right, ...secrets })),
      JSON.stringify(parseOptions(paymentz, { ...right, ...secrets })),
    ].join()
    expect(text).not.toMatch(/s-\d-s/)
  })

  it("take every currency in its own places, unless they are named", () => {
    expect(parseOptions(paymentz, right).currencies).toMatchObject({ usd: 2, jpy: 0, kwd: 3 })
    const currencies = { kwd: 2 }
    expect(parseOptions(paymentz, { ...right, currencies }).currencies).toEqual(currencies)
  })

  it("fill in what is left out", () => {
    expect(parseOptions(paymentz, right)).toMatchObject({
      capture: "automatic",
      integration: "hosted",
      inquiryPath: "payments",
    })
  })
})
