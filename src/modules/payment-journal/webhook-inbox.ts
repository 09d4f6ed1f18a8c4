import type { NewWebhookEvent, WebhookEventRow } from "./webhook-event"

export type UnprovenWebhookEvent = NewWebhookEvent & { event_key: null }

/** How many messages without a key are written down in a time: of a provider's, and of those of one reference. */
export type UnprovenLimit = { atMost: number; atMostOfReference?: number; withinMs: number }

/** A message that its holder alone may work on, as long as nobody else's claim follows. */
export type WebhookClaim = { event: WebhookEventRow; claimed_by: string }
