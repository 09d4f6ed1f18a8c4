import { z } from "zod"
import { readRow, time } from "../../shared/database"

/**
 * What has become of a message of a gateway's:
 * - `waiting`: written down, to be worked on (again) at `next_try_at`
 * - `done`: worked on; `outcome` says what it came to
 * - `dead`: given up after the last try; a person can have it tried again
 */
export const webhookEventStates = ["waiting", "done", "dead"] as const

/** A message of a gateway's, as it was received and verified. It is never proof of money. */
const webhookEventRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  /** Unique for the event at this provider; null where nothing proves who sent it. */
  event_key: z.string().nullable(),
  /** Our reference, as the gateway sent it. */
  reference: z.string(),
  /** The payment session of the order that it names, where this shop has opened one, and the order's currency. */
  session_id: z.string().nullable(),
  currency_code: z.string().nullable(),
  /** The gateway's word for what happened. */
  word: z.string(),
  /** The gateway's own number of the payment that it tells of. */
  gateway_id: z.string().nullable(),
  /** It tells of what comes after an order was paid. */
  is_later: z.boolean(),
  /** What it claims was paid, as it came. */
  claimed_amount: z.string().nullable(),
  /** The message with all that is personal or secret masked; null after it was pruned. */
  body: z.record(z.string(), z.unknown()).nullable(),
  state: z.enum(webhookEventStates),
  attempts: z.number(),
  next_try_at: time,
  /** Until when whoever works on it is given the time to finish. */
  claimed_until: time.nullable(),
  outcome: z.string().nullable(),
  error: z.string().nullable(),
  created_at: time,
  updated_at: time,
})

export type WebhookEventRow = z.infer<typeof webhookEventRow>

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

export function toWebhookEvent(row: unknown): WebhookEventRow {
  return readRow("webhook_event", webhookEventRow, row)
}
