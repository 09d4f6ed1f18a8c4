import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PostgresInbox } from "../../modules/payment-journal/postgres-inbox"
import type { WebhookEventRow } from "../../modules/payment-journal/webhook-event"
import { gatewayContextOf } from "../../providers/gateway-context-of"
import { settleOrderWorkflow, type SettledOrder } from "../payment/settle-order"
import { tellAdmins } from "../feed/tell-admins"
import { reviewKnownMoney } from "../unmatched/review-money"
import { nextTry } from "./next-try"

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
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: {
      provider_id: event.provider_id,
      reference: event.reference,
      news: {
        is_proven: event.event_key !== null,
        is_later: event.is_later,
        gateway_id: event.gateway_id,
      },
    },
    throwOnError: false,
  })
  const [failure] = errors
  if (!failure) {
    await noteOutcome(inbox, event, result)
    return
  }
  const reason = failure.error?.message ?? "unknown error"
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
async function noteOrderNotMade(
  container: MedusaContainer,
  { provider_id, reference }: WebhookEventRow
): Promise<void> {
  const gateway = gatewayContextOf(container, provider_id)
  if (gateway) {
    await reviewKnownMoney(container, gateway.context, reference, true)
  }
}

/** A gateway can tell of a payment before its own answers know of it. */
async function noteOutcome(
  inbox: PostgresInbox,
  event: WebhookEventRow,
  { state, outcome }: SettledOrder
): Promise<void> {
  const again = state === "pending" && event.attempts < triesWhilePending
  if (again) {
    await inbox.postpone(
      event.id,
      "the gateway says that it is not paid yet",
      nextTry(event.attempts, new Date())
    )
  } else {
    await inbox.finish(event.id, outcome)
  }
}

const triesWhilePending = 3
