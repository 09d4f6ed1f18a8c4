import { deepStrictEqual, strictEqual } from "node:assert"
import { createHash } from "node:crypto"
import Stripe from "stripe"
import { admitWebhook, type WebhookReader } from "../src/gateways/shared/webhook"
import { compare, type Comparison } from "./kit/comparison"
import { measureSideBySide, type Plan } from "./kit/measure"
import { immediate } from "./kit/subjects"
import { benchmarkedMocasa, webhookSecret } from "./mocasa-gateway"

const plan: Plan = { rounds: 40, roundMs: 40, warmUpMs: 1_000 }
/** Nobody meets the same message twice in a row. */
const differentMessages = 256

type SignedBody = { orderNo: string; rawBody: Buffer; signature: string }

/** From the bytes and headers of a webhook to "a genuine event about this order of ours". */
export async function compareAdmitWebhook(): Promise<Comparison> {
  const mocasa = benchmarkedMocasa("http://127.0.0.1")
  const json = mocasaEvents((fields) => JSON.stringify(fields))
  const form = mocasaEvents(({ amount, ...rest }) =>
    new URLSearchParams({ ...rest, amount: String(amount) }).toString()
  )
  const bytes = pick(json, 0).rawBody.length
  const { constructEvent } = stripeWebhooks()
  const stripe = stripeEvents(bytes)

  const reader: WebhookReader = {
    webhooks: mocasa.capabilities.webhooks,
    parseWebhook: (message) => mocasa.parseWebhook(message),
  }
  const admit = ({ rawBody, signature }: SignedBody) =>
    admitWebhook({ method: "POST", rawBody, headers: { signature } }, reader)
  const admitStripe = ({ rawBody, signature }: SignedBody) => constructEvent(rawBody, signature)

  // Nothing is measured that does not tell a genuine message from a forged one.
  for (const message of [pick(json, 1), pick(form, 1)]) {
    const decision = admit(message)
    strictEqual(decision.type === "accepted" && decision.event.reference, message.orderNo)
    strictEqual(admit({ ...message, signature: pick(json, 2).signature }).type, "refused")
  }
  deepStrictEqual(bareDigest(pick(json, 1)), JSON.parse(pick(json, 1).rawBody.toString()))
  strictEqual(admitStripe(pick(stripe, 1)).object, "event")

  const measured = await measureSideBySide(
    [
      immediate("mocasa, JSON", (count) => admit(pick(json, count))),
      immediate("mocasa, form", (count) => admit(pick(form, count))),
      immediate("stripe-node", (count) => admitStripe(pick(stripe, count))),
      immediate("bare digest + JSON.parse", (count) => bareDigest(pick(json, count))),
    ],
    plan
  )
  return compare(
    "Admitting a webhook: verify, parse, translate",
    `JSON bodies of ${bytes} bytes for all; the same event is ${pick(form, 0).rawBody.length} bytes as a form`,
    measured,
    ["stripe-node", "bare digest + JSON.parse"]
  )
}

type MocasaFields = { orderNo: string; amount: number } & Record<
  "txStatus" | "txMessage" | "txTime" | "paymentMode",
  string
>

/** Mocasa, "Webhook": the fields of the body, and `sha256(orderNo|txStatus|secret)` in base64. */
function mocasaEvents(encode: (fields: MocasaFields) => string): SignedBody[] {
  return Array.from({ length: differentMessages }, (_, count) => {
    const orderNo = reference(count)
    const body = encode({
      orderNo,
      amount: 1234.5,
      txStatus: "success",
      txMessage: "Payment successful",
      txTime: "1767225600000",
      paymentMode: "Mocasa BNPL",
    })
    const signature = mocasaSignature(orderNo, "success")
    return { orderNo, rawBody: Buffer.from(body), signature }
  })
}

function mocasaSignature(orderNo: string, txStatus: string): string {
  return createHash("sha256").update(`${orderNo}|${txStatus}|${webhookSecret}`).digest("base64")
}

/** The least that could be done: no check of the body's shape, no constant time, no rotation of secrets. */
function bareDigest({ rawBody, signature }: SignedBody): MocasaFields {
  const fields: MocasaFields = JSON.parse(rawBody.toString())
  if (mocasaSignature(fields.orderNo, fields.txStatus) !== signature) {
    throw new Error("forged")
  }
  return fields
}

function stripeWebhooks() {
  const { webhooks } = new Stripe("benchmark-key")
  return {
    constructEvent: (rawBody: Buffer, header: string) =>
      webhooks.constructEvent(rawBody, header, webhookSecret),
    sign: (payload: string) =>
      webhooks.generateTestHeaderString({ payload, secret: webhookSecret }),
  }
}

/** The frame of a Stripe event, cut to the size of Mocasa's: stripe-node's cost grows with the body. */
function stripeEvents(bytes: number): SignedBody[] {
  const { sign } = stripeWebhooks()
  return Array.from({ length: differentMessages }, (_, count) => {
    const orderNo = reference(count)
    const event = (id: string) =>
      JSON.stringify({
        id,
        object: "event",
        type: "payment_intent.succeeded",
        data: { object: { id: orderNo, amount: 123450 } },
      })
    const body = event("evt".padEnd(bytes - event("").length, "_"))
    strictEqual(Buffer.byteLength(body), bytes)
    return { orderNo, rawBody: Buffer.from(body), signature: sign(body) }
  })
}

function reference(count: number): string {
  return `01JGFJJZ00K7QX3WB${String(count).padStart(9, "0")}0`
}

function pick<Item>(items: readonly Item[], count: number): Item {
  const item = items[count % items.length]
  if (item === undefined) {
    throw new Error("There is nothing to measure")
  }
  return item
}
