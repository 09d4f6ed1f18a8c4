import { webhookBody, type MocasaWebhookBody } from "./messages"

/**
 * The fields of a webhook's body, or undefined for anything that is none.
 *
 * Assumption: JSON or a form, since the vendor does not say which; the first character tells them apart.
 */
export function readWebhookBody(rawBody: Buffer): MocasaWebhookBody | undefined {
  const text = decoder.decode(rawBody)
  const result = webhookBody.safeParse(
    text.trimStart().startsWith("{") ? parseJson(text) : parseForm(text)
  )
  return result.success ? result.data : undefined
}

/** UTF-8, without the byte order mark that some servers put in front. */
const decoder = new TextDecoder()

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseForm(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text))
}
