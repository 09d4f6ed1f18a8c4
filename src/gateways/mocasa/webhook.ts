import { webhookBody, type MocasaWebhookBody } from "./messages"

/**
 * The fields of a webhook's body, or undefined for anything that is none.
 *
 * Assumption: JSON or a form, since the vendor does not say which; the first character tells them apart.
 */
export function readWebhookBody(rawBody: Buffer): MocasaWebhookBody | undefined {
  const fields = looksLikeJson(rawBody) ? parseJson(rawBody) : parseForm(rawBody)
  const result = webhookBody.safeParse(fields)
  return result.success ? result.data : undefined
}

const openingBrace = "{".charCodeAt(0)

function looksLikeJson(rawBody: Buffer): boolean {
  const first = rawBody.find((byte) => byte > 0x20)
  return first === openingBrace
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"))
  } catch {
    return undefined
  }
}

function parseForm(rawBody: Buffer): unknown {
  return Object.fromEntries(new URLSearchParams(rawBody.toString("utf8")))
}
