import { admitWebhook } from "../../gateways/shared/webhook"
import { gatewayOf } from "../../providers/registry"
import { recordingLogger } from "../fake-provider"
import { signedMessage, type ToldOrder } from "../signed-messages"

const optionsOf: Readonly<Record<string, Record<string, unknown>>> = {
  mocasa: {
    baseUrl: "https://api.mocasa.example",
    clientKey: "key",
    clientSecret: "a secret",
    returnUrl: "https://shop.example/return",
  },
  mocopay: {
    apiKey: "key",
    secret: "a secret",
    products: [{ pid: "PP1", amount: "4.99", currency: "EUR" }],
  },
  cashy: {
    baseUrl: "https://api.cashy.example",
    merchantId: "1002001",
    apiKey: "a secret",
    currency: "PKR",
    payType: 36,
    notifyUrl: "https://api.shop.example/hooks/payment/cashy_main",
  },
  paymentz: {
    baseUrl: "https://secure.brand.example",
    memberId: "10",
    secureKey: "a secret",
    partnerId: "1",
    username: "shop",
    totype: "brand",
    returnUrl: "https://api.shop.example/payments/paymentz_main/return",
    notificationUrl: "https://api.shop.example/hooks/payment/paymentz_main",
  },
}

const order: ToldOrder = {
  reference: "01J9ZC7T4M8W2X3Y5V6B7N8PQR0",
  gatewayId: "4711",
  amount: "12.50",
  status: "TEST-A",
}

/** What the shop takes a message for that has these options. */
function admitted(identifier: string, options: object, told: ToldOrder = order) {
  const provider = {
    resolve: `medusa-regional-payments/providers/${identifier}`,
    id: "main",
    options,
  }
  const config = { modules: { payment: { options: { providers: [provider] } } } }
  const logger = recordingLogger(() => undefined)
  const gateway = gatewayOf(config, `pp_${identifier}_main`, logger)?.gateway
  const message = signedMessage(identifier, optionsOf[identifier], told)
  if (!gateway || !message) {
    throw new Error(`There is no message of ${identifier}`)
  }
  const { method, headers, body } = message
  return admitWebhook(
    { method, headers, rawBody: Buffer.from(body) },
    {
      webhooks: gateway.capabilities.webhooks,
      parseWebhook: (received) => gateway.parseWebhook(received),
    }
  )
}

describe("a message as a gateway signs it", () => {
  it.each([
    ["mocasa", "proven"],
    ["mocopay", "hint"],
    ["cashy", "proven"],
    ["paymentz", "proven"],
  ])("of %s is taken as %s", (identifier, proof) => {
    expect(admitted(identifier, optionsOf[identifier] ?? {})).toMatchObject({
      type: "accepted",
      proof,
      event: { reference: order.reference, rawStatus: "TEST-A" },
    })
  })

  it.each([
    ["mocasa", { clientSecret: "another" }],
    ["cashy", { apiKey: "another" }],
    ["paymentz", { secureKey: "another" }],
  ])("of %s is refused by a shop with another secret", (identifier, change) => {
    expect(admitted(identifier, { ...optionsOf[identifier], ...change })).toMatchObject({
      type: "refused",
      status: 401,
    })
  })

  it("has Mocasa's digest in the encoding of the options, and Paymentz' without a number as a hint", () => {
    const options = { ...optionsOf.mocasa, signatureEncoding: "base64-of-hex" }
    const signature = signedMessage("mocasa", options, order)?.headers.signature ?? ""
    expect(Buffer.from(signature, "base64").toString()).toMatch(/^[0-9a-f]{64}$/)
    const unnumbered = { ...order, gatewayId: null }
    expect(admitted("paymentz", optionsOf.paymentz ?? {}, unnumbered)).toMatchObject({
      type: "accepted",
      proof: "hint",
    })
  })

  it("is none of a gateway that sends none", () => {
    expect(signedMessage("kess", {}, order)).toBeUndefined()
  })
})
