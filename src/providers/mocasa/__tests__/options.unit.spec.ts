import { inspect } from "node:util"
import { parseOptions } from "../../base/options"
import { mocasa } from "../gateway"
import { MocasaPaymentProvider } from ".."
import { refusalOf } from "../../../shared/__tests__/refusal"

const right = {
  baseUrl: "https://api.mocasa.example",
  clientKey: "mp_key",
  clientSecret: "a-client-secret",
  returnUrl: "https://shop.example/checkout/return",
}

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => MocasaPaymentProvider.validateOptions(options))
const faults = (options: Record<string, unknown>) => refusal(options).message.split("\n").slice(1)

const where = {
  dashboard: "Find it in Mocasa's dashboard: your product, then Credentials",
  baseUrl: "Mocasa tells it to each merchant, one for testing and one for production",
  returnUrl: "It is the page of your storefront that waits for the payment's result",
  webhookSecret: "Leave it out if Mocasa gave you no secret for webhooks",
  previous: "Leave it out unless a secret is being changed",
  productName: "Leave it out to show our reference of the payment",
}

describe("Mocasa's options", () => {
  it("stop the store at boot with all that is missing and where to find it", () => {
    expect(refusal({}).message).toMatch(
      /^Mocasa Pay: the options of medusa-regional-payments\/providers\/mocasa in medusa-config/
    )
    expect(faults({})).toEqual([
      `- baseUrl: is missing. ${where.baseUrl}`,
      `- clientKey: is missing. ${where.dashboard}`,
      `- clientSecret: is missing. ${where.dashboard}`,
      `- returnUrl: is missing. ${where.returnUrl}`,
    ])
  })

  it.each([
    ["clientKey", "", `is empty. ${where.dashboard}`],
    ["clientKey", 7, `must be a text. ${where.dashboard}`],
    ["clientSecret", "  ", `is empty. ${where.dashboard}`],
    ["clientSecret", { secret: "a-client-secret" }, `must be a text. ${where.dashboard}`],
    ["webhookSecret", "", `is empty. ${where.webhookSecret}`],
    ["webhookSecret", null, `must be a text. ${where.webhookSecret}`],
    ["previousWebhookSecret", "", `is empty. ${where.previous}`],
    ["productName", "", `is empty. ${where.productName}`],
    [
      "returnUrl",
      "/checkout/return",
      `must be a full address such as https://shop.example/checkout/return. ${where.returnUrl}`,
    ],
    ["signatureEncoding", "hex", 'must be "base64" or "base64-of-hex"'],
    ["signatureEncoding", "BASE64", 'must be "base64" or "base64-of-hex"'],
    ["timeoutMs", 15, "must be at least 500 milliseconds"],
    [
      "baseUrl",
      "api.mocasa.example",
      `must be an address such as https://api.example.com. ${where.baseUrl}`,
    ],
  ])("explain a wrong %s: %j", (option, value, sentence) => {
    expect(faults({ ...right, [option]: value })).toEqual([`- ${option}: ${sentence}`])
  })

  it.each([
    "http://api.mocasa.example",
    "http://10.0.0.1",
    "http://192.168.1.5:8080",
    "http://localhost.mocasa.example",
    "http://127.0.0.1.mocasa.example",
    "http://0.0.0.0",
  ])("refuse %s, where credentials would travel in the open", (baseUrl) => {
    expect(faults({ ...right, baseUrl })).toEqual([
      `- baseUrl: must begin with https:// (plain http is accepted only for localhost). ${where.baseUrl}`,
    ])
  })

  it("name an option that is misspelt, in place of ignoring it", () => {
    expect(faults({ ...right, webhooksecret: "x" })).toEqual([
      "- webhooksecret: no such option; did you mean webhookSecret?",
    ])
  })

  it("never show a secret, neither when refused nor when accepted", () => {
    const secrets = {
      clientSecret: "s-1-s",
      webhookSecret: "s-2-s",
      previousWebhookSecret: "s-3-s",
    }
    const shown = (value: unknown) => inspect(value, { depth: 10, showHidden: true })
    const text = [
      shown(refusal({ ...right, ...secrets, baseUrl: "s-4-s", extra: "s-5-s" })),
      shown(parseOptions(mocasa, { ...right, ...secrets })),
      JSON.stringify(parseOptions(mocasa, { ...right, ...secrets })),
    ].join()
    expect(text).not.toMatch(/s-\d-s/)
  })

  it("need no more than four, and fill in the rest", () => {
    expect(parseOptions(mocasa, right)).toMatchObject({
      signatureEncoding: "base64",
      timeoutMs: 15_000,
      allowedReturnOrigins: [],
    })
  })

  it("are all accepted together", () => {
    const all = {
      ...right,
      webhookSecret: "b",
      previousWebhookSecret: "c",
      productName: "Shop",
      signatureEncoding: "base64-of-hex",
      timeoutMs: 20_000,
      allowedReturnOrigins: ["https://shop.example"],
    }
    expect(() => MocasaPaymentProvider.validateOptions(all)).not.toThrow()
  })

  it.each(["http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000"])(
    "accept %s, where a sandbox listens",
    (baseUrl) => {
      expect(() => MocasaPaymentProvider.validateOptions({ ...right, baseUrl })).not.toThrow()
    }
  )
})
