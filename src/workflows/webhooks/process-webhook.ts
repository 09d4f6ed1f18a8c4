import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  PostgresInbox,
  type WebhookClaim,
  type WebhookEventRow,
} from "../../modules/payment-journal/repositories/inbox"
import type { HeldLease } from "../../modules/payment-journal/repositories/leases"
import { leaseMs, renewEvery } from "../../shared/held-claim"
import { systemHand } from "../../modules/payout/actor"
import type { TransferState } from "../../modules/payout/domain/state"
import { isPayoutReference } from "../../modules/payout/domain/transfer"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { errorMessage } from "../../shared/errors"
import { countWebhookWork, inSpan } from "../../shared/telemetry"
import { exceptionsOf } from "../exceptions/announce-exception"
import { matchOrListKnownPayment } from "../exceptions/unmatched-payments"
import { leaseKeys, withLeaseOf } from "../leases"
import { notifyAdmins } from "../notifications"
import { settleAndBook } from "../payments/settle-payment"
import { payoutsOf, transferOfReference } from "../payouts/payout-workflow"
import { WebhookWorker } from "./webhook-worker"

const workers = new WeakMap<Knex, WebhookWorker>()

/** The worker of this server. */
export function webhookWorkerOf(container: MedusaContainer): WebhookWorker {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const known = workers.get(database)
  if (known) {
    return known
  }
  const worker = new WebhookWorker(
    async (onMore) => await processNextWebhookEvent(container, onMore),
    (error) => {
      const reason = errorMessage(error)
      log.error(`Gateways' messages that wait are left to be worked on later: ${reason}`)
    }
  )
  workers.set(database, worker)
  return worker
}

/**
 * Claims a message, works on it, and notes what it came to. A message that another server is at, or that is
 * done, is left alone; one that fails is tried again with growing delays, and given up in the end.
 */
export async function processWebhookEvent(
  container: MedusaContainer,
  id: string,
  inbox = inboxOf(container)
): Promise<void> {
  const claim = await inbox.claim(id, leaseMs)
  if (claim) {
    await processClaimedWebhook(container, claim, inbox)
  }
}

/**
 * The same for the oldest message whose time has come, whoever left it: a server that died, or one that failed.
 *
 * @param onMore called before it is worked on, where others wait
 * @returns whether others waited
 */
async function processNextWebhookEvent(
  container: MedusaContainer,
  onMore: () => void
): Promise<boolean> {
  const inbox = inboxOf(container)
  const claim = await inbox.claimNext(leaseMs)
  if (!claim) {
    return false
  }
  if (claim.hasMore) {
    onMore()
  }
  await processClaimedWebhook(container, claim, inbox)
  return claim.hasMore
}

export function inboxOf(container: MedusaContainer): PostgresInbox {
  return new PostgresInbox(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

/**
 * Works on a message that was claimed, and notes what it came to. Where another claim has taken it over meanwhile, that is
 * that one's to note.
 */
export async function processClaimedWebhook(
  container: MedusaContainer,
  claim: WebhookClaim,
  inbox = inboxOf(container)
): Promise<void> {
  const { provider_id: providerId, reference, traceparent } = claim.event
  const stopRenewing = renewEvery(leaseMs / 3, () => inbox.renew(claim, leaseMs))
  try {
    await inSpan("gateway webhook worked on", { providerId, reference, traceparent }, () =>
      settleEvent(container, claim, async (settled, lease) => {
        await noteOutcome(inbox, claim, settled, lease)
      })
    )
  } catch (error) {
    await noteFailure(container, inbox, claim, error)
  } finally {
    stopRenewing()
  }
}

/** What a message came to; `isPending` where the gateway's own answers don't say yet what it told. */
export type SettledEvent = { outcome: string; isPending: boolean }

/** Writes down what a message came to, and ends the lease that was held for it, if any, in the same statement. */
type NoteSettled = (settled: SettledEvent, lease?: HeldLease) => Promise<void>

/**
 * Asks about what a message tells of: an order that a shopper pays, or a payout. Either can come to the
 * address of the other, because Mocasa has one for both; the reference tells them apart.
 *
 * @throws Error where it could not be worked on, and is to be tried again
 */
export async function settleEvent(
  container: MedusaContainer,
  claim: Pick<WebhookClaim, "event" | "lease">,
  note: NoteSettled
): Promise<void> {
  if (isPayoutReference(claim.event.reference)) {
    await note(await settleTransfer(container, claim.event))
  } else {
    await settlePayment(container, claim, note)
  }
}

async function settlePayment(
  container: MedusaContainer,
  { event, lease: acquired }: Pick<WebhookClaim, "event" | "lease">,
  note: NoteSettled
): Promise<void> {
  const settle = async (lease: HeldLease) => {
    const input = {
      provider_id: await paymentProviderOf(container, event),
      reference: event.reference,
      news: {
        is_proven: event.event_key !== null,
        is_later: event.is_later,
        gateway_id: event.gateway_id,
        claimed_amount: event.claimed_amount,
      },
    }
    const { outcome, state } = await settleAndBook(container, input, lease)
    await note({ outcome, isPending: state === "pending" }, lease)
  }
  await withLeaseOf(container, leaseKeys.paymentOfReference(event.reference), settle, { acquired })
}

/** Of what a message tells of, for who claims it; undefined where the work takes none. */
export function leaseKeyOf({ reference }: Pick<WebhookEventRow, "reference">): string | undefined {
  return isPayoutReference(reference) ? undefined : leaseKeys.paymentOfReference(reference)
}

const underWay: readonly TransferState[] = ["processing", "unknown", "not_found"]

async function settleTransfer(
  container: MedusaContainer,
  event: WebhookEventRow
): Promise<SettledEvent> {
  const transfer = await transferOfReference(container, event.reference)
  if (!transfer || !isSameGateway(transfer.provider_id, event.provider_id)) {
    return { outcome: "this shop has made no such payout", isPending: false }
  }
  const { status } = await payoutsOf(container).refreshTransfer(transfer.id, systemHand)
  return { outcome: status, isPending: underWay.includes(status) }
}

/** Of a message about an order that came to the address for payouts: the provider the order was opened with. */
export async function paymentProviderOf(
  container: MedusaContainer,
  { provider_id, reference }: Pick<WebhookEventRow, "provider_id" | "reference">
): Promise<string> {
  if (!provider_id.startsWith("po_")) {
    return provider_id
  }
  const order = await journalOf(container).findOrder(reference)
  return order && isSameGateway(order.provider_id, provider_id) ? order.provider_id : provider_id
}

/** `pp_mocasa_main` and `po_mocasa_payouts`: one gateway may tell of both, another one may not. */
function isSameGateway(one: string, other: string): boolean {
  return one.split("_")[1] === other.split("_")[1]
}

const triesWhilePending = 3

/** Why a message is looked at again whose gateway was asked, and has the payment as open. */
export const notSaidYet = "the gateway does not say it itself yet"

/** A gateway can tell of a payment before its own answers know of it. */
async function noteOutcome(
  inbox: PostgresInbox,
  claim: WebhookClaim,
  { outcome, isPending }: SettledEvent,
  lease: HeldLease | undefined
): Promise<void> {
  const { attempts } = claim.event
  if (isPending && attempts < triesWhilePending) {
    await inbox.postpone(claim, notSaidYet, delayOfNextTry(attempts))
    countWebhookWork(claim.event.provider_id, "retried")
  } else {
    await (lease
      ? lease.endWith(async (release) => await inbox.finish(claim, outcome, release))
      : inbox.finish(claim, outcome))
    countWebhookWork(claim.event.provider_id, "done")
  }
}

async function noteFailure(
  container: MedusaContainer,
  inbox: PostgresInbox,
  claim: WebhookClaim,
  error: unknown
): Promise<void> {
  const { event } = claim
  const reason = errorMessage(error)
  const delayMs = delayOfNextTry(event.attempts)
  if (!(await inbox.postpone(claim, reason, delayMs))) {
    return
  }
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  countWebhookWork(event.provider_id, delayMs === null ? "given_up" : "retried")
  const what = `The message of ${event.provider_id} about ${event.reference}`
  if (delayMs !== null) {
    log.warn(`${what} could not be worked on and is tried again in ${delayMs / 1_000} s: ${reason}`)
  } else {
    log.error(`${what} was given up after ${event.attempts} tries: ${reason}`)
    await notifyAdmins(container, {
      key: `dead-webhook:${event.id}:${event.updated_at.toISOString()}`,
      title: "A gateway's message was given up",
      description: `${what} (${event.raw_status}): ${reason}. Replay it once what stands in its way is mended`,
    })
    await noteOrderNotMade(container, event)
  }
}

const second = 1_000

const minute = 60 * second

const hour = 60 * minute

/** After each try that failed, in milliseconds; together a little more than a day. */
const delays = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 18 * hour]

/** How long a message that has been tried so often waits for the next try; null where it is given up. */
export function delayOfNextTry(attempts: number): number | null {
  return delays[attempts - 1] ?? null
}

/** Lists the payment as an exception, for a person to settle, where it was paid and no try could make the order. */
async function noteOrderNotMade(container: MedusaContainer, event: WebhookEventRow): Promise<void> {
  const { reference } = event
  if (isPayoutReference(reference)) {
    return
  }
  const gateway = gatewayContextOf(container, await paymentProviderOf(container, event))
  if (gateway) {
    await matchOrListKnownPayment(container, gateway.context, reference, true)
  }
}

export type ReplayWebhookInput = {
  id: string
  /** The admin who wants it. */
  actor: string
}

const replayStep = createStep(
  "replay-gateway-webhook",
  async ({ id, actor }: ReplayWebhookInput, { container }) => {
    const revived = await inboxOf(container).revive(id)
    if (!revived) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `There is no webhook ${id} that was given up: only such a one can be tried again`
      )
    }
    await exceptionsOf(container).addLine(id, { actor, action: "replayed", note: revived.error })
    await processWebhookEvent(container, id)
    return new StepResponse({ id })
  }
)

/**
 * Has a message that was given up worked on again, from its first try on.
 *
 * @throws MedusaError not_allowed for one that was not given up
 */
export const replayWebhookWorkflow = createWorkflow(
  "replay-gateway-webhook",
  (input: WorkflowData<ReplayWebhookInput>) => new WorkflowResponse(replayStep(input))
)
