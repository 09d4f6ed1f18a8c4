/**
 * What has become of a message of a gateway's:
 * - `waiting`: written down, to be worked on (again) at `next_try_at`
 * - `done`: worked on; `outcome` says what it came to
 * - `dead`: given up after the last try; a person can have it tried again
 */
export const webhookEventStates = ["waiting", "done", "dead"] as const

export type WebhookEventState = (typeof webhookEventStates)[number]

/** A message of a gateway's, as it was received and verified. It is never proof of money. */
export type WebhookEventRow = {
  id: string
  provider_id: string
  /** Unique for the event at this provider; null where nothing proves who sent it. */
  event_key: string | null
  /** Our reference, as the gateway sent it. */
  reference: string
  /** The payment session of the order that it names, where this shop has opened one, and the order's currency. */
  session_id: string | null
  currency_code: string | null
  /** The gateway's word for what happened. */
  word: string
  /** The gateway's own number of the payment that it tells of. */
  gateway_id: string | null
  /** It tells of what comes after an order was paid. */
  is_later: boolean
  /** What it claims was paid, as it came. */
  claimed_amount: string | null
  /** The message with all that is personal or secret masked; null after it was pruned. */
  body: Record<string, unknown> | null
  state: WebhookEventState
  attempts: number
  next_try_at: Date
  /** Until when whoever works on it is given the time to finish. */
  claimed_until: Date | null
  outcome: string | null
  error: string | null
  created_at: Date
  updated_at: Date
}

export type NewWebhookEvent = Pick<
  WebhookEventRow,
  | "provider_id"
  | "event_key"
  | "reference"
  | "word"
  | "gateway_id"
  | "is_later"
  | "claimed_amount"
  | "body"
>
