import { strictEqual } from "node:assert"
import Stripe from "stripe"
import { admitWebhook } from "../src/gateways/shared/webhook"
import { compare, type Comparison } from "./kit/comparison"
import { measureSideBySide, type Plan } from "./kit/measure"
import { immediate } from "./kit/subjects"
import { webhookSecret } from "./mocasa-gateway"
import {
  differentMessages,
  type GatewayMessages,
  gatewayMessages,
  messageBytes,
  padded,
} from "./webhook-messages"

/** From the bytes and headers of a webhook to "a genuine event about this order of ours", for each gateway that has them. */
export async function compareAdmitWebhook(plan: Plan): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const messages of gatewayMessages()) {
    comparisons.push(await compareOne(messages, plan))
  }
  return comparisons
}

async function compareOne(messages: GatewayMessages, plan: Plan): Promise<Comparison> {
  const { name, reader, genuine, forged, malformed, floor } = messages
  const admit = (message: { rawBody: Buffer; headers: Record<string, string> }) =>
    admitWebhook({ method: "POST", rawBody: message.rawBody, headers: message.headers }, reader)
  const stripe = stripeMessages()

  // Nothing is measured that does not tell a genuine message from a forged one.
  for (const message of genuine) {
    const decision = admit(message)
    strictEqual(decision.type === "accepted" && decision.event.reference, message.reference)
    strictEqual(Boolean(floor(message)), true)
  }
  for (const message of [...(forged ?? []), ...malformed]) {
    strictEqual(admit(message).type, "refused")
  }
  for (const message of forged ?? []) {
    strictEqual(floor(message), false)
  }
  strictEqual(stripe.construct(0).object, "event")

  const measured = await measureSideBySide(
    [
      immediate("genuine", (count) => admit(pick(genuine, count))),
      ...(forged ? [immediate("forged", (count) => admit(pick(forged, count)))] : []),
      immediate("malformed", (count) => admit(pick(malformed, count))),
      immediate("floor", (count) => floor(pick(genuine, count))),
      immediate("stripe-node", (count) => stripe.construct(count)),
    ],
    plan
  )
  return compare(
    `Admitting a webhook of ${name}: verify, parse, translate`,
    `JSON bodies of ${messageBytes} bytes; the floor is the digest, a comparison in constant time and JSON.parse; ` +
      "stripe-node's is genuine",
    measured,
    ["stripe-node", "floor"]
  )
}

/** The frame of a Stripe event, as large as a message of the gateways: stripe-node's cost grows with the body. */
function stripeMessages() {
  const { webhooks } = new Stripe("benchmark-key")
  const messages = Array.from({ length: differentMessages }, (_, count) => {
    const object = { id: `pi_${count}`, object: "payment_intent", amount: 123450 }
    const event = { id: `evt_${count}`, object: "event", type: "payment_intent.succeeded" }
    const payload = padded({ ...event, data: { object } }, "description")
    strictEqual(Buffer.byteLength(payload), messageBytes)
    const header = webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
    return { rawBody: Buffer.from(payload), header }
  })
  return {
    construct(count: number) {
      const { rawBody, header } = pick(messages, count)
      return webhooks.constructEvent(rawBody, header, webhookSecret)
    },
  }
}

function pick<Item>(items: readonly Item[], count: number): Item {
  const item = items[count % items.length]
  if (item === undefined) {
    throw new Error("There is nothing to measure")
  }
  return item
}
