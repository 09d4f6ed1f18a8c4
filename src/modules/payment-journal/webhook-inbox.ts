import type { NewWebhookEvent, WebhookEventRow } from "./webhook-event"

export type UnprovenWebhookEvent = NewWebhookEvent & { event_key: null }

/** How many messages without a key are written down in a time: of a provider's, and of those of one reference. */
export type UnprovenLimit = { atMost: number; atMostOfReference?: number; withinMs: number }

/** A message that its holder alone may work on, as long as nobody else's claim follows. */
export type WebhookClaim = { event: WebhookEventRow; claimed_by: string }

/**
 * The messages of gateways, from the moment they were verified until they were worked on. What is received is
 * committed before the gateway is answered, so that a server may die right after its answer.
 */
export interface WebhookInbox {
  /** One statement. A message whose key the provider has sent before is not new, and is not written again. */
  receive(event: NewWebhookEvent): Promise<{ event: WebhookEventRow; isNew: boolean }>

  /**
   * The same for a message without a key, of which nothing proves who sent it: nothing else limits how many
   * come. Undefined where so many were written down in that time, however many come at once. The first message of a
   * reference in that time has a place of its own where references have a limit: whoever floods the shop with
   * messages about their own order keeps nobody else's out.
   */
  receiveUnproven(
    event: UnprovenWebhookEvent,
    limit: UnprovenLimit
  ): Promise<WebhookEventRow | undefined>

  /** Takes one over for `leaseMs`, if nobody else is at it and it is not done. */
  claim(id: string, leaseMs: number): Promise<WebhookClaim | undefined>

  /**
   * Takes over the oldest whose time has come; never one that somebody else is at, nor one about a reference of
   * which somebody is at another message.
   */
  claimNext(leaseMs: number): Promise<WebhookClaim | undefined>

  /** For another `leaseMs` from now on. False, as with the next two, where another claim has taken it over. */
  renew(claim: WebhookClaim, leaseMs: number): Promise<boolean>

  finish(claim: WebhookClaim, outcome: string): Promise<boolean>

  /** To be tried again in `delayMs`; null where it has been tried often enough. */
  postpone(claim: WebhookClaim, error: string, delayMs: number | null): Promise<boolean>

  /** Has one that was given up tried again at once. */
  revive(id: string): Promise<WebhookEventRow | undefined>

  /** Forgets what messages of a provider said that were received before then; how many. */
  pruneBodies(providerId: string, before: Date): Promise<number>

  /** Deletes messages that nobody proved, received before then and not waiting any more; how many. */
  deleteUnproven(
    of: { providerId: string } | { otherThan: readonly string[] },
    before: Date
  ): Promise<number>
}
