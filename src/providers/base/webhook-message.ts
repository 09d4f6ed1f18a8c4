import type { WebhookMessage } from "../../gateways/shared/webhook-reading"

/** Medusa hands over what came in; the raw bytes are a text where they went through a queue. */
export function webhookMessage(payload: {
  rawData: unknown
  headers: Record<string, unknown>
}): WebhookMessage {
  const { rawData, headers } = payload
  if (typeof rawData === "string") {
    return { rawBody: Buffer.from(rawData), headers }
  }
  return { rawBody: Buffer.isBuffer(rawData) ? rawData : undefined, headers }
}
