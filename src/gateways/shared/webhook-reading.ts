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
  /**
   * Unique for the event at this gateway; absent where nothing proves who sent it. It holds what is signed, and of
   * the rest only what our own tables know: else one signature would make any number of events.
   */
  eventKey?: string
  /** What the webhook claims was moved, in major units; a hint that is compared, never believed. */
  claimedAmount?: string
}
