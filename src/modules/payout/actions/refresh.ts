import { systemActor } from "../../../shared/audit-line"
import { mapConcurrent } from "../../../shared/concurrency"
import { errorMessage, notAllowed } from "../../../shared/errors"
import { HeldClaim, leaseMs } from "../../../shared/held-claim"
import { gatewayActor } from "../actor"
import type { PayoutContext } from "../context"
import { decideReport } from "../domain/decisions"
import type { CodedText } from "../domain/reason"
import { nextLook, nextQuestion } from "../domain/schedule"
import { isAskedAbout, overrules, resolvableStates } from "../domain/state"
import type { DelayCause, Transfer } from "../domain/transfer"
import type { PayoutReport } from "../provider"
import { addAuditLine, versionOf } from "../store/beneficiaries"
import { inTransaction, type PayoutTransaction } from "../store/transaction"
import { claimToAsk, renewAsking } from "../store/claims"
import {
  lastRetryOf,
  lockTransfer,
  moveTransfer,
  noteOnTransfer,
  passages,
  transferOf,
} from "../store/transfers"
import { voidApproval } from "./expire-approvals"
import { lastingCause } from "./delay-sending"
import { orderOf } from "./payout-order"
import { withTimeout } from "./with-timeout"

/** Asks the gateway now, where there is something to ask; see `PayoutModuleService.refreshTransfer`. */
export async function refreshTransfer(context: PayoutContext, id: string): Promise<Transfer> {
  const found = await transferOf(context.database, id)
  if (context.providers.isPaidByFile(found.provider_id)) {
    throw notAllowed(
      `The transfer ${found.reference} is paid by a file, and nobody can be asked about it: import the statement of ` +
        "the account, or resolve it with what stands there",
      { code: "nobody_to_ask", details: { reference: found.reference } }
    )
  }
  const transfer = await markLapsedAsUnknown(context, found)
  // A gateway can still contradict itself about a failed transfer: it is asked, so that people learn of it.
  if (!isAskedAbout(transfer) && transfer.status !== "failed") {
    return transfer
  }
  return (await askAndBook(context, transfer)).transfer
}

const askedAtOnce = 4
/** @returns how many it took */
export async function refreshDue(context: PayoutContext, limit: number): Promise<number> {
  const { database, now } = context
  const leaseEnd = () => new Date(now().getTime() + leaseMs)
  const until = leaseEnd()
  const due = await claimToAsk(database, now(), limit, until)
  const ids = due.map(({ id }) => id)
  const held = new HeldClaim(ids, until, (until) => renewAsking(database, ids, until, leaseEnd()))
  try {
    await mapConcurrent(due, askedAtOnce, (claimed) => refreshClaimed(context, claimed))
  } finally {
    held.stop()
  }
  return due.length
}

async function refreshClaimed(context: PayoutContext, claimed: Transfer): Promise<void> {
  try {
    const transfer = await markLapsedAsUnknown(context, claimed)
    if (isAskedAbout(transfer)) {
      await askAndBook(context, transfer)
    }
  } catch (error) {
    const cause = lastingCause(error)
    if (cause) {
      await handToPerson(context, claimed, error, cause)
    } else {
      context.log.error(
        `Payout ${claimed.reference} could not be asked about: ${errorMessage(error)}`
      )
    }
  }
}

/**
 * Of a transfer that was sent, perhaps, and whose gateway can't be asked, because its provider is not in the config any
 * more, or the key of its account is gone: a person is told, who can find out elsewhere and resolve it. It is asked about
 * by its timetable all the same, so that it goes on by itself where what is missing comes back.
 */
async function handToPerson(
  context: PayoutContext,
  { id }: Transfer,
  error: unknown,
  cause: Exclude<DelayCause, "balance">
): Promise<void> {
  await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const transfer = await lockTransfer(transaction, id)
    if (!isAskedAbout(transfer)) {
      return
    }
    const isOpen = resolvableStates.includes(transfer.status)
    const next_check_at =
      (isOpen ? nextQuestion(transfer, now) : nextLook(transfer.updated_at, now)) ?? null
    if (!isOpen || transfer.status === "manual_review") {
      await noteOnTransfer(query, id, { next_check_at })
      return
    }
    const why = errorMessage(error)
    context.log.error(`Payout ${transfer.reference} can't be asked about: ${why}`)
    await moveTransfer(transaction, transfer, {
      to: "manual_review",
      actor: systemActor,
      reason: notAsked(transfer, cause, why),
      change: { next_check_at },
    })
  })
}

/**
 * Moves a transfer from `submitting` to `unknown` once the lease of its sender has lapsed: the server crashed, or the
 * gateway never answered. It may have been sent.
 */
export async function markLapsedAsUnknown(
  context: PayoutContext,
  transfer: Transfer
): Promise<Transfer> {
  if (transfer.status !== "submitting") {
    return transfer
  }
  return await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, transfer.id)
    const { status, lease_expires_at } = locked
    const isLapsed = lease_expires_at === null || lease_expires_at <= transaction.now
    if (status !== "submitting" || !isLapsed) {
      return locked
    }
    return await moveTransfer(transaction, locked, {
      to: "unknown",
      actor: systemActor,
      reason: {
        text: "Whoever sent it did not say what came of it in time; the gateway is asked",
        code: "sender_silent",
      },
      change: { lease_expires_at: null, next_check_at: transaction.now },
    })
  })
}

/** Asks the gateway about a transfer and books the answer; of one that is paid by a file nobody knows anything. */
export async function askAndBook(
  context: PayoutContext,
  transfer: Transfer
): Promise<{ transfer: Transfer; report: PayoutReport }> {
  if (context.providers.isPaidByFile(transfer.provider_id)) {
    return { transfer, report: { outcome: "unknown" } }
  }
  const askedAt = context.now()
  const report = await askGateway(context, transfer)
  return { report, transfer: await bookReport(context, transfer, report, askedAt) }
}

export async function bookReport(
  context: PayoutContext,
  { id, provider_id }: Transfer,
  report: PayoutReport,
  askedAt: Date
): Promise<Transfer> {
  const provider = context.providers.get(provider_id)
  const { idempotentReference } = provider.capabilities
  const { transfer, news } = await inTransaction(context, async (transaction): Promise<Booked> => {
    const locked = await lockTransfer(transaction, id)
    const { query, now } = transaction
    const [succeededAt] = await passages(query, id, { to: "succeeded" })
    const decision = decideReport(locked, {
      report,
      askedAt,
      succeededAt,
      idempotentReference,
      now,
    })
    const checks = locked.checks + 1
    switch (decision.type) {
      case "move": {
        const step = { ...decision.step, change: { ...decision.step.change, checks } }
        const moved = await moveTransfer(transaction, locked, step)
        if (locked.resolved_by === null || !overrules(locked.status, moved.status)) {
          return { transfer: moved }
        }
        const note = {
          text: `${locked.resolved_by} had said that it ${locked.status}`,
          code: "person_had_said",
          details: { person: locked.resolved_by, transfer_state: locked.status },
        } as const
        const line = { actor: gatewayActor, action: "overruled", note }
        await addAuditLine(query, transaction, id, line)
        if (moved.status !== "failed") {
          await holdRetry(transaction, moved, gatewaySays(moved.status))
        }
        return { transfer: moved, news: `was said to have ${locked.status} by a person` }
      }
      case "stay": {
        const noted = await noteOnTransfer(query, id, { ...decision.change, checks })
        return { transfer: noted }
      }
      case "contradiction": {
        const noted = await noteOnTransfer(query, id, { ...decision.change, checks })
        const note = contradictionNote(locked, report.outcome)
        const line = { actor: gatewayActor, action: "contradicted", note }
        await addAuditLine(query, transaction, id, line)
        await holdRetry(transaction, noted, gatewaySays(report.outcome))
        return { transfer: noted, news: `had ${locked.status}` }
      }
    }
  })
  if (news !== undefined) {
    await notifyOfContradiction(context, transfer, report, news)
  }
  return transfer
}

/** @param news what was thought of the transfer, where the gateway says otherwise */
type Booked = { transfer: Transfer; news?: string }

function contradictionNote(
  { resolved_by, status }: Transfer,
  outcome: PayoutReport["outcome"]
): CodedText {
  const says = `The gateway says "${outcome}" of a transfer that`
  return resolved_by === null
    ? {
        text: `${says} it had said a final no about`,
        code: "gateway_said_after_refusal",
        details: { outcome },
      }
    : {
        text: `${says} ${resolved_by} had said ${status} of`,
        code: "gateway_said_after_person",
        details: { outcome, person: resolved_by, transfer_state: status },
      }
}

function notAsked(
  { provider_id }: Transfer,
  cause: Exclude<DelayCause, "balance">,
  why: string
): CodedText {
  const text = `Its gateway can't be asked: ${why}`
  switch (cause) {
    case "provider":
      return { text, code: "not_asked_provider", details: { provider: provider_id } }
    case "key":
      return { text, code: "not_asked_key" }
  }
}

/** Why what tries a transfer again has to be looked at: the gateway says something else of that one now. */
function gatewaySays(outcome: string): TriedNews {
  return {
    actor: gatewayActor,
    reasonFor: (reference) => ({
      text: `It tries ${reference} again, of which the gateway says now that it is ${outcome}`,
      code: "tried_one_paid",
      details: { reference, outcome },
    }),
  }
}

/** Who tells something else of a transfer that is tried again, and what that is for what tries it. */
type TriedNews = { actor: string; reasonFor: (reference: string) => CodedText }

/**
 * What was made because a transfer was said to have failed has to be looked at once more, now that it may have paid.
 */
export async function holdRetry(
  transaction: PayoutTransaction,
  tried: Transfer,
  { actor, reasonFor }: TriedNews
): Promise<void> {
  const { id, reference } = tried
  const retry = await lastRetryOf(transaction.query, tried)
  if (!retry) {
    return
  }
  const locked = await lockTransfer(transaction, retry.id)
  if (locked.status === "approved") {
    const { change, ...step } = voidApproval(actor, reasonFor(reference))
    await moveTransfer(transaction, locked, { ...step, change: { ...change, same_as_id: id } })
  } else if (locked.status === "awaiting_approval") {
    await noteOnTransfer(transaction.query, locked.id, { same_as_id: id })
  }
}

/** Money may have moved although it was thought that it had not, or the other way: a person has to look into it. */
async function notifyOfContradiction(
  { log, announce }: PayoutContext,
  { id, reference, provider_id, status }: Transfer,
  { outcome }: PayoutReport,
  news: string
): Promise<void> {
  log.warn(
    `Payout ${reference} ${news}, and ${provider_id} now says "${outcome}" about it. Find out in its ` +
      "dashboard whether the money was moved, before anything is paid again"
  )
  await announce({
    name: "payout.transfer.contradiction",
    data: { id, reference, provider_id, status, outcome },
  })
}

/**
 * What the gateway says about a transfer; moves nothing, and writes nothing.
 *
 * @throws MedusaError not_found where its provider is not configured
 * @throws MissingKeyError, DecryptionError where its account can't be read
 */
export async function askGateway(
  { database, providers, keys, log }: PayoutContext,
  transfer: Transfer
): Promise<PayoutReport> {
  const provider = providers.get(transfer.provider_id)
  const version = await versionOf(database, transfer.beneficiary_version_id)
  const order = { ...orderOf(keys, transfer, version), gatewayId: transfer.gateway_id }
  return await withTimeout(
    () => provider.retrieveTransfer(order),
    provider.capabilities.leaseMs,
    (reason): PayoutReport => {
      log.warn(
        `Payout ${transfer.reference}: ${transfer.provider_id} could not be asked (${reason})`
      )
      return { outcome: "unknown" }
    }
  )
}
