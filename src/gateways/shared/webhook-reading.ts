/**
 * A webhook as it came in. `rawBody` is undefined where the content type is none that a gateway sends; for a
 * notification by GET it is the query, as a form.
 */
export type WebhookMessage = {
  rawBody: Buffer | undefined
  headers: Readonly<Record<string, unknown>>
}

/**
 * What a webhook turned out to be. It is never proof of money: an `event` says which order or payout to ask
 * about; its reference tells which of the two it is.
 * - `forged`: no signature, or not the gateway's
 * - `unreadable`: not what the gateway sends
 * - `foreign`: genuine, but about neither a payment nor a payout of ours
 */
export type WebhookReading =
  | { type: "forged" }
  | { type: "unreadable"; reason: string }
  | { type: "foreign"; reason: string }
  | WebhookEvent

export type WebhookEvent = {
  type: "event"
  /** Our reference, as the gateway sent it. */
  reference: string
  /** The gateway's word for what happened. */
  word: string
  /** The gateway's own number of the payment or payout it tells of; it is asked about, never believed. */
  gatewayId?: string
  /** It tells of what comes after an order was paid, such as the next charge of a subscription. */
  isLater?: boolean
  /** Unique for the event at this gateway; absent where nothing proves who sent it. */
  eventKey?: string
  /** What the webhook claims was moved, in major units; a hint that is compared, never believed. */
  claimedAmount?: string
}
