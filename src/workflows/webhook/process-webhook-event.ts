import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PostgresInbox } from "../../modules/payment-journal/postgres-inbox"
import type { WebhookEventRow } from "../../modules/payment-journal/webhook-event"
import { isPayoutReference } from "../../modules/payout/payout-reference"
import { gatewayContextOf } from "../../providers/gateway-context-of"
import { tellAdmins } from "../feed/tell-admins"
import { reviewKnownMoney } from "../unmatched/review-money"
import { nextTry } from "./next-try"
import { paymentProviderOf, settleEvent, type SettledEvent } from "./settle-event"

/** Longer than a question to a gateway and the making of an order take, in milliseconds. */
const leaseMs = 3 * 60_000

/**
 * Claims a message, works on it, and notes what it came to. A message that somebody else is at, or that is
 * done, is left alone; one that fails is tried again with growing delays, and given up in the end.
 */
export async function processWebhookEvent(
  container: MedusaContainer,
  id: string,
  inbox = inboxOf(container)
): Promise<void> {
  const event = await inbox.claim(id, leaseMs)
  if (event) {
    await workOn(container, inbox, event)
  }
}

/** Works on what was left over: by a server that died, or because it failed. */
export async function processDueWebhookEvents(
  container: MedusaContainer,
  limit: number
): Promise<number> {
  const inbox = inboxOf(container)
  const due = await inbox.claimDue(leaseMs, limit)
  for (const event of due) {
    await workOn(container, inbox, event)
  }
  return due.length
}

export function inboxOf(container: MedusaContainer): PostgresInbox {
  return new PostgresInbox(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

async function workOn(
  container: MedusaContainer,
  inbox: PostgresInbox,
  event: WebhookEventRow
): Promise<void> {
  try {
    await noteOutcome(inbox, event, await settleEvent(container, event))
  } catch (error) {
    await noteFailure(container, inbox, event, error)
  }
}

async function noteFailure(
  container: MedusaContainer,
  inbox: PostgresInbox,
  event: WebhookEventRow,
  error: unknown
): Promise<void> {
  const reason = error instanceof Error ? error.message : "unknown error"
  const retry = nextTry(event.attempts, new Date())
  await inbox.postpone(event.id, reason, retry)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const what = `The message of ${event.provider_id} about ${event.reference}`
  if (retry) {
    log.warn(
      `${what} could not be worked on and is tried again at ${retry.toISOString()}: ${reason}`
    )
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
  event: WebhookEventRow,
  { outcome, isPending }: SettledEvent
): Promise<void> {
  const again = isPending && event.attempts < triesWhilePending
  if (again) {
    await inbox.postpone(
      event.id,
      "the gateway does not say it itself yet",
      nextTry(event.attempts, new Date())
    )
  } else {
    await inbox.finish(event.id, outcome)
  }
}

const triesWhilePending = 3
