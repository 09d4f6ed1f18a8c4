import { createHash } from "node:crypto"
import { tryDecimal } from "./decimal"
import { printableText } from "./printable-text"
import type { WebhookEvent, WebhookMessage, WebhookReading } from "./webhook-reading"

/** A request to a webhook's address: its body's exact bytes, or of a GET the query as it stands in the address. */
export type WebhookRequest = WebhookMessage & { method: string }

/** Whose address it is: what the gateway signs, and how its messages are read. */
export type WebhookReader = {
  /** Only a gateway that signs nothing may tell by GET. */
  webhooks: "signed" | "unsigned" | "none"
  parseWebhook(message: WebhookMessage): WebhookReading
}

/**
 * What becomes of a request to a webhook's address.
 * - `accepted`: it names an order or a payout to ask about; `proven` where the gateway surely sent it, `hint`
 *   where anybody could have
 * - `foreign`: read, and about nothing of this shop's
 * - `refused`: forged, unreadable, or not how this gateway tells; the status to answer with
 */
export type WebhookDecision =
  | { type: "accepted"; proof: "proven"; event: AcceptedEvent & { eventKey: string } }
  | { type: "accepted"; proof: "hint"; event: AcceptedEvent & { eventKey: null } }
  | { type: "foreign"; reason: string }
  | { type: "refused"; status: 400 | 401 | 404; reason: string }

/** What is kept of a message. Each text has a length that it can't exceed, whoever wrote it. */
export type AcceptedEvent = {
  reference: string
  word: string
  gatewayId: string | null
  isLater: boolean
  claimedAmount: string | null
}

const longestReference = 64
const longestWord = 64
const longestNumber = 64
const longestAmount = 40
/** A key that is longer stands for itself by its digest: PostgreSQL indexes no text of more than 2,700 bytes. */
const longestKey = 200

/**
 * Decides by a request alone whether it is taken as a message of the gateway's. The one way in for the routes of
 * payments and of payouts, the conformance suite and the benchmark: nothing is looked up and nothing is done.
 *
 * The signature over the bytes decides, never what the headers call them.
 */
export function admitWebhook(
  { method, rawBody, headers }: WebhookRequest,
  reader: WebhookReader
): WebhookDecision {
  if (method !== "POST" && (method !== "GET" || reader.webhooks !== "unsigned")) {
    return { type: "refused", status: 404, reason: `it came by ${method}` }
  }
  const reading = reader.parseWebhook({ rawBody, headers })
  switch (reading.type) {
    case "forged":
      return { type: "refused", status: 401, reason: "it has no valid signature" }
    case "unreadable":
      return { type: "refused", status: 400, reason: reading.reason }
    case "foreign":
      return reading
    case "event":
      return accepted(reading)
  }
}

function accepted(event: WebhookEvent): WebhookDecision {
  const { reference, eventKey } = event
  if (reference.length > longestReference || !isPlain(reference)) {
    return { type: "foreign", reason: "its reference is no reference of this shop's" }
  }
  const kept: AcceptedEvent = {
    reference,
    word: printableText(event.word, longestWord) ?? "",
    gatewayId: numberOf(event.gatewayId),
    isLater: event.isLater ?? false,
    claimedAmount: amountOf(event.claimedAmount),
  }
  return eventKey === undefined
    ? { type: "accepted", proof: "hint", event: { ...kept, eventKey: null } }
    : { type: "accepted", proof: "proven", event: { ...kept, eventKey: keyOf(eventKey) } }
}

function numberOf(text: string | undefined): string | null {
  return text !== undefined && text.length <= longestNumber && isPlain(text) ? text : null
}

/** No blanks, control characters or halves of characters; not nothing. */
function isPlain(text: string): boolean {
  return text !== "" && !/[\s\p{C}]/u.test(text)
}

function amountOf(text: string | undefined): string | null {
  const isAmount =
    text !== undefined && text.length <= longestAmount && tryDecimal(text) !== undefined
  return isAmount ? text : null
}

function keyOf(eventKey: string): string {
  return eventKey.length <= longestKey && !/\p{Cc}|\p{Cs}/u.test(eventKey)
    ? eventKey
    : `sha256:${createHash("sha256").update(eventKey).digest("hex")}`
}
