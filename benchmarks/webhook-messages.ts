import { createHash, hash, timingSafeEqual } from "node:crypto"
import type { WebhookReader } from "../src/gateways/shared/webhook"
import { buildCashyGateway } from "../src/providers/cashy/gateway"
import { cashyOptions } from "../src/providers/cashy/options"
import { buildMocopayGateway } from "../src/providers/mocopay/gateway"
import { mocopayOptions } from "../src/providers/mocopay/options"
import { buildPaymentzGateway } from "../src/providers/paymentz/gateway"
import { paymentzOptions } from "../src/providers/paymentz/options"
import type { GatewayTools, PaymentGateway } from "../src/providers/base/gateway"
import { benchmarkedMocasa, webhookSecret } from "./mocasa-gateway"

export type Message = { rawBody: Buffer; headers: Record<string, string>; reference: string }

/** How one gateway tells of an event, in messages of one size. */
export type GatewayMessages = {
  name: string
  reader: WebhookReader
  genuine: readonly Message[]
  /** Signed with another's key; absent where nothing is signed. */
  forged?: readonly Message[]
  /** Cut off in their middle. */
  malformed: readonly Message[]
  /** The least that could be done: the digest, a comparison in constant time, JSON.parse. */
  floor: (message: Message) => unknown
}

/** Nobody meets the same message twice in a row. */
export const differentMessages = 256

/** Bytes of each body. */
export const messageBytes = 1_024

const tools: GatewayTools = { now: () => new Date(), onCall: () => undefined }
const baseUrl = "http://127.0.0.1"
const ownAddress = "http://127.0.0.1/hooks/payment/x_x"

export function gatewayMessages(): GatewayMessages[] {
  return [mocasa(), cashy(), paymentz(), mocopay()]
}

/** Mocasa, "Webhook": `sha256(orderNo|txStatus|secret)` in base64, in a header. */
function mocasa(): GatewayMessages {
  const signature = (orderNo: string, key: string) =>
    createHash("sha256").update(`${orderNo}|success|${key}`).digest("base64")
  const messages = (key: string) =>
    messagesOf((reference) => ({
      body: padded({ orderNo: reference, amount: 1234.5, txStatus: "success" }, "txMessage"),
      headers: { signature: signature(reference, key) },
    }))
  const genuine = messages(webhookSecret)
  return {
    name: "mocasa",
    reader: readerOf(benchmarkedMocasa(baseUrl)),
    genuine,
    forged: messages("another"),
    malformed: genuine.map(cut),
    floor: ({ rawBody, headers }) => {
      const fields: { orderNo: string; txStatus: string } = JSON.parse(rawBody.toString())
      const digest = hash(
        "sha256",
        `${fields.orderNo}|${fields.txStatus}|${webhookSecret}`,
        "base64"
      )
      return equal(digest, headers.signature) && fields
    },
  }
}

/** Cashy, "Sign": MD5 of the body and the key, in hex, in a header. */
function cashy(): GatewayMessages {
  const options = cashyOptions.parse({
    baseUrl,
    merchantId: "1002001",
    apiKey: webhookSecret,
    currency: "PKR",
    payType: 36,
    notifyUrl: ownAddress,
  })
  const sign = (body: string, key: string) =>
    createHash("md5").update(body).update(key).digest("hex").toUpperCase()
  const messages = (key: string) =>
    messagesOf((reference) => {
      const fields = { mchOrderNo: reference, orderNo: `P${reference}`, orderStatus: "SUCCESS" }
      const body = padded({ ...fields, orderType: "API", amount: "1234.50" }, "resultDesc")
      return { body, headers: { sign: sign(body, key) } }
    })
  const genuine = messages(webhookSecret)
  return {
    name: "cashy",
    reader: readerOf(buildCashyGateway(options, tools)),
    genuine,
    forged: messages("another"),
    malformed: genuine.map(cut),
    floor: ({ rawBody, headers }) => {
      const digest = createHash("md5").update(rawBody).update(webhookSecret).digest("hex")
      return equal(digest, headers.sign?.toLowerCase()) && JSON.parse(rawBody.toString())
    },
  }
}

/** Paymentz, "Standard Checkout": MD5 of four fields and the key, in hex, in a field. */
function paymentz(): GatewayMessages {
  const options = paymentzOptions.parse({
    baseUrl,
    memberId: "10000",
    secureKey: webhookSecret,
    partnerId: "1",
    username: "shop",
    totype: "brand",
    returnUrl: ownAddress,
    notificationUrl: ownAddress,
  })
  const checksum = (reference: string, key: string) =>
    hash("md5", `90001|${reference}|1234.50|Y|${key}`, "hex")
  const messages = (key: string) =>
    messagesOf((reference) => ({
      body: padded(
        {
          paymentId: "90001",
          merchantTransactionId: reference,
          amount: "1234.50",
          status: "capturesuccess",
          transactionStatus: "Y",
          checksum: checksum(reference, key),
        },
        "remark"
      ),
      headers: {},
    }))
  const genuine = messages(webhookSecret)
  return {
    name: "paymentz",
    reader: readerOf(buildPaymentzGateway(options, tools)),
    genuine,
    forged: messages("another"),
    malformed: genuine.map(cut),
    floor: ({ rawBody }) => {
      const fields: { merchantTransactionId: string; checksum: string } = JSON.parse(
        rawBody.toString()
      )
      const digest = checksum(fields.merchantTransactionId, webhookSecret)
      return equal(digest, fields.checksum) && fields
    },
  }
}

/** MoCoPay, "Payment notifications": nothing is signed. */
function mocopay(): GatewayMessages {
  const options = mocopayOptions.parse({
    apiKey: "key",
    secret: "secret",
    products: [{ pid: "PP1", amount: "4.99", currency: "EUR" }],
  })
  const genuine = messagesOf((reference) => ({
    body: padded({ referenceId: reference, sessionId: "a".repeat(32), series: 1 }, "phone"),
    headers: {},
  }))
  return {
    name: "mocopay, unsigned",
    reader: readerOf(buildMocopayGateway(options, tools)),
    genuine,
    malformed: genuine.map(cut),
    floor: ({ rawBody }) => JSON.parse(rawBody.toString()),
  }
}

function readerOf(gateway: PaymentGateway): WebhookReader {
  return {
    webhooks: gateway.capabilities.webhooks,
    parseWebhook: (message) => gateway.parseWebhook(message),
  }
}

function messagesOf(
  make: (reference: string) => { body: string; headers: Record<string, string> }
): Message[] {
  return Array.from({ length: differentMessages }, (_, count) => {
    const reference = `01JGFJJZ00K7QX3WB${String(count).padStart(9, "0")}0`
    const { body, headers } = make(reference)
    return { rawBody: Buffer.from(body), headers, reference }
  })
}

/** JSON of `messageBytes`, filled up with words in a field that nobody reads. */
export function padded(fields: Record<string, unknown>, filler: string): string {
  const bare = JSON.stringify({ ...fields, [filler]: "" })
  const words = "Payment successful. ".repeat(messageBytes / 20 + 1)
  return JSON.stringify({ ...fields, [filler]: words.slice(0, messageBytes - bare.length) })
}

function cut(message: Message): Message {
  return { ...message, rawBody: message.rawBody.subarray(0, message.rawBody.length >> 1) }
}

function equal(expected: string, received: string | undefined): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(received ?? "")]
  return one.length === other.length && timingSafeEqual(one, other)
}
