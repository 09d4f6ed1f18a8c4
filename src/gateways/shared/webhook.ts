/** What a webhook is taken for, by its bytes and headers alone. */

import { createHash } from "node:crypto"
import { printableText } from "./text"

/** A request to a webhook's address: its body's exact bytes, or of a GET the query as it stands in the address. */
export type WebhookRequest = WebhookMessage & { method: string }

/** Whose address it is: what the gateway signs, and how its messages are read. */
export type WebhookReader = {
  /** Only a gateway that signs nothing may tell by GET. */
  webhooks: "signed" | "unsigned" | "none"
  parseWebhook(message: WebhookMessage): WebhookReport
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
  rawStatus: string
  gatewayId: string | null
  isLater: boolean
  claimedAmount: string | null
}

/** Printable ASCII without blanks, as all references and numbers of gateways are. */
const plainNumber = /^[!-~]{1,64}$/
/** A status as gateways write it, or none; anything else is cleaned first. */
const plainStatus = /^[\w.:-]{0,64}$/
const longestStatus = 64
const plainAmount = /^-?\d{1,20}(?:\.\d{1,18})?$/
/** A key that is longer stands for itself by its digest: PostgreSQL indexes no text of more than 2,700 bytes. */
const plainKey = /^[ -~]{1,200}$/

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

function accepted(read: WebhookEvent): WebhookDecision {
  const { reference, eventKey } = read
  if (!plainNumber.test(reference)) {
    return { type: "foreign", reason: "its reference is no reference of this shop's" }
  }
  return eventKey === undefined
    ? { type: "accepted", proof: "hint", event: keptOf(read, null) }
    : { type: "accepted", proof: "proven", event: keptOf(read, keyOf(eventKey)) }
}

function keptOf<Key extends string | null>(
  { reference, rawStatus, gatewayId, isLater = false, claimedAmount }: WebhookEvent,
  eventKey: Key
) {
  return {
    reference,
    rawStatus: plainStatus.test(rawStatus)
      ? rawStatus
      : (printableText(rawStatus, longestStatus) ?? ""),
    gatewayId: matching(plainNumber, gatewayId),
    isLater,
    claimedAmount: matching(plainAmount, claimedAmount),
    eventKey,
  }
}

function matching(pattern: RegExp, text: string | undefined): string | null {
  return text !== undefined && pattern.test(text) ? text : null
}

function keyOf(eventKey: string): string {
  return plainKey.test(eventKey)
    ? eventKey
    : `sha256:${createHash("sha256").update(eventKey).digest("hex")}`
}

/** A webhook as it came in: its body's exact bytes; of a notification by GET its query, as a form. */
export type WebhookMessage = {
  rawBody: Buffer
  headers: Readonly<Record<string, unknown>>
}

/**
 * What a webhook turned out to be. It is never proof of money: an `event` says which order or payout to ask
 * about; its reference tells which of the two it is.
 * - `forged`: no signature, or not the gateway's
 * - `unreadable`: not what the gateway sends
 * - `foreign`: genuine, but about neither a payment nor a payout of ours
 */
export type WebhookReport =
  | { type: "forged" }
  | { type: "unreadable"; reason: string }
  | { type: "foreign"; reason: string }
  | WebhookEvent

export type WebhookEvent = {
  type: "event"
  /** Our reference, as the gateway sent it. */
  reference: string
  /** The gateway's own status, as it came. */
  rawStatus: string
  /** The gateway's own number of the payment or payout it tells of; it is asked about, never believed. */
  gatewayId?: string | undefined
  /** It tells of what comes after an order was paid, such as the next charge of a subscription. */
  isLater?: boolean | undefined
  /**
   * Unique for the event at this gateway; absent where nothing proves who sent it. It holds what is signed, and of
   * the rest only what our own tables know: else one signature would make any number of events.
   */
  eventKey?: string | undefined
  /** What the webhook claims was moved, in major units; a hint that is compared, never believed. */
  claimedAmount?: string | undefined
}

/**
 * Which references are of this shop's own making. A gateway tells of payments and of payouts at one address,
 * and who reads its messages must tell the two apart, and both from what is not this shop's.
 */
export type OwnReferences = {
  isOrder(reference: string): boolean
  isPayout(reference: string): boolean
}
