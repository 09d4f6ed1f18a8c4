import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { leaseMs, renewEvery } from "../../modules/payment-journal/leases"
import { PostgresInbox } from "../../modules/payment-journal/postgres-inbox"
import type { WebhookEventRow } from "../../modules/payment-journal/webhook-event"
import type { WebhookClaim } from "../../modules/payment-journal/webhook-inbox"
import { isPayoutReference } from "../../modules/payout/payout-reference"
import { gatewayContextOf } from "../../providers/registry"
import { tellAdmins } from "../feed/tell-admins"
import { reviewKnownMoney } from "../unmatched/review-money"
import { delayOfNextTry } from "./next-try"
import { paymentProviderOf, settleEvent, type SettledEvent } from "./settle-event"

/**
 * Claims a message, works on it, and notes what it came to. A message that somebody else is at, or that is
 * done, is left alone; one that fails is tried again with growing delays, and given up in the end.
 */
export async function processWebhookEvent(
  container: MedusaContainer,
  id: string,
  inbox = inboxOf(container)
): Promise<void> {
  const claim = await inbox.claim(id, leaseMs)
  if (claim) {
    await workOn(container, inbox, claim)
  }
}

/**
 * The same for the oldest message whose time has come, whoever left it: a server that died, or one that failed.
 *
 * @param onClaim called once there is one, before it is worked on
 * @returns false where there is none
 */
export async function processNextWebhookEvent(
  container: MedusaContainer,
  onClaim: () => void
): Promise<boolean> {
  const inbox = inboxOf(container)
  const claim = await inbox.claimNext(leaseMs)
  if (!claim) {
    return false
  }
  onClaim()
  await workOn(container, inbox, claim)
  return true
}

export function inboxOf(container: MedusaContainer): PostgresInbox {
  return new PostgresInbox(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

/** Where another claim has taken the message over meanwhile, what it came to is that one's to note. */
async function workOn(
  container: MedusaContainer,
  inbox: PostgresInbox,
  claim: WebhookClaim
): Promise<void> {
  const stopRenewing = renewEvery(leaseMs / 3, () => inbox.renew(claim, leaseMs))
  try {
    await noteOutcome(inbox, claim, await settleEvent(container, claim.event))
  } catch (error) {
    await noteFailure(container, inbox, claim, error)
  } finally {
    stopRenewing()
  }
}

async function noteFailure(
  container: MedusaContainer,
  inbox: PostgresInbox,
  claim: WebhookClaim,
  error: unknown
): Promise<void> {
  const { event } = claim
  const reason = error instanceof Error ? error.message : "unknown error"
  const delayMs = delayOfNextTry(event.attempts)
  if (!(await inbox.postpone(claim, reason, delayMs))) {
    return
  }
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const what = `The message of ${event.provider_id} about ${event.reference}`
  if (delayMs !== null) {
    log.warn(`${what} could not be worked on and is tried again in ${delayMs / 1_000} s: ${reason}`)
  } else {
    log.error(`${what} was given up after ${event.attempts} tries: ${reason}`)
    await tellAdmins(container, {
      key: `dead-webhook:${event.id}:${event.updated_at.toISOString()}`,
      title: "A gateway's message was given up",
      description: `${what} (${event.word}): ${reason}. Replay it once what stands in its way is mended`,
    })
    await noteOrderNotMade(container, event)
  }
}

/** What was paid and could not be made an order in all these tries is a person's to settle. */
async function noteOrderNotMade(container: MedusaContainer, event: WebhookEventRow): Promise<void> {
  const { reference } = event
  if (isPayoutReference(reference)) {
    return
  }
  const gateway = gatewayContextOf(container, await paymentProviderOf(container, event))
  if (gateway) {
    await reviewKnownMoney(container, gateway.context, reference, true)
  }
}

/** A gateway can tell of a payment before its own answers know of it. */
async function noteOutcome(
  inbox: PostgresInbox,
  claim: WebhookClaim,
  { outcome, isPending }: SettledEvent
): Promise<void> {
  const { attempts } = claim.event
  if (isPending && attempts < triesWhilePending) {
    const reason = "the gateway does not say it itself yet"
    await inbox.postpone(claim, reason, delayOfNextTry(attempts))
  } else {
    await inbox.finish(claim, outcome)
  }
}

const triesWhilePending = 3
