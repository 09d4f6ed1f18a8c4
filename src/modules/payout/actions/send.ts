import { systemActor } from "../../../shared/audit-line"
import { mapConcurrent, Semaphore } from "../../../shared/concurrency"
import { errorMessage } from "../../../shared/errors"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import { decideResult } from "../domain/decisions"
import { queryableStates, PayoutConflict } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import type { PayoutResult } from "../provider"
import { type Pause, presentPause } from "../store/pauses"
import { inTransaction, lockSending } from "../store/transaction"
import { dueToSend, postponeSending } from "../store/transfer-queries"
import {
  lockTransfer,
  moveTransfer,
  noteOnTransfer,
  passages,
  transferOf,
} from "../store/transfers"
import { SendingBudgets } from "./balance"
import {
  claimToSend,
  type ClaimedTransfer,
  type ClaimOutcome,
  isStillClaimed,
  sendWhileClaimed,
  tooLateToSend,
} from "./claim-to-send"
import { delayTransfer, lastingCause } from "./delay-sending"
import { withTimeout } from "./with-timeout"

/**
 * Sends an approved transfer, once; see `PayoutModuleService.submitTransfer`. What keeps another server from sending it as
 * well is in `claim-to-send.ts`.
 */
export async function submitTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<Transfer> {
  const claim = await claimToSend(context, id, handOf(actor))
  return claim.type === "claimed" ? await send(context, claim) : claim.transfer
}

/** So many calls of one run are under way at the gateways. */
const sentAtOnce = 4
/** So many transfers a run is at: while a call is under way, others are claimed and booked. */
const workedOnAtOnce = 2 * sentAtOnce
/** How long a transfer that could not be claimed waits, in milliseconds, such as while its key is missing. */
const postponedMs = 5 * 60_000

/** @returns how many it took */
export async function submitDue(context: PayoutContext, limit: number): Promise<number> {
  let taken = 0
  const { database, providers } = context
  const due = await dueToSend(database, context.now(), limit, providers.idsPaidByFile())
  if (due.length === 0 || (await presentPause(database))) {
    return 0
  }
  const budgets = await SendingBudgets.read(context, due)
  const calls = new Semaphore(sentAtOnce)
  await mapConcurrent(due, workedOnAtOnce, async (transfer) => {
    if (!(await budgets.allows(transfer))) {
      return
    }
    const claim = await claimDue(context, transfer)
    if (claim) {
      taken += 1
    }
    if (claim?.type === "claimed") {
      await sendDue(context, claim, { budgets, calls })
    } else {
      budgets.giveBack(transfer)
    }
  })
  return taken
}

async function claimDue(
  context: PayoutContext,
  transfer: Transfer
): Promise<ClaimOutcome | undefined> {
  try {
    return await claimToSend(context, transfer.id, systemActor)
  } catch (error) {
    // A conflict means that another instance was first, or that the approval was taken back.
    if (!(error instanceof PayoutConflict)) {
      await postpone(context, transfer, error)
    }
    return undefined
  }
}

async function postpone(context: PayoutContext, transfer: Transfer, error: unknown): Promise<void> {
  const { database, log } = context
  const until = new Date(context.now().getTime() + postponedMs)
  const reason = errorMessage(error)
  const cause = lastingCause(error)
  if (cause) {
    await delayTransfer(context, transfer, { cause, reason, until })
    return
  }
  log.error(
    `The payout ${transfer.reference} can't be sent, and is tried again in five minutes: ${reason}`
  )
  await postponeSending(database, transfer.id, until)
}

async function sendDue(
  context: PayoutContext,
  claim: ClaimedTransfer,
  run: SendingRun
): Promise<void> {
  try {
    await send(context, claim, run)
  } catch (error) {
    const { reference } = claim.transfer
    context.log.error(
      `Payout ${reference}: what came of it could not be written down; it is asked about: ${errorMessage(error)}`
    )
  }
}

/** What the transfers of one run share. */
type SendingRun = { budgets: SendingBudgets; calls: Semaphore }

/** Calls the gateway for the claimed transfer and books the result. */
async function send(
  context: PayoutContext,
  claim: ClaimedTransfer,
  run?: SendingRun
): Promise<Transfer> {
  const { transfer } = claim
  const call = async () => await callUnlessPaused(context, claim)
  const called = await (run ? run.calls.run(call) : call())
  if ("pause" in called) {
    return await takeBack(context, transfer, called.pause)
  }
  const booked = await book(context, transfer, called.result)
  if (called.result.isBalanceTooLow) {
    await run?.budgets.exhaust(transfer)
  }
  return booked
}

async function callUnlessPaused(
  context: PayoutContext,
  claim: ClaimedTransfer
): Promise<{ result: PayoutResult } | { pause: Pause }> {
  const begun = await inTransaction(context, async (transaction) => {
    // Whoever pauses waits for this: what they are told of then has begun, or does not begin any more.
    await lockSending(transaction, "share")
    const pause = await presentPause(transaction.query)
    // After all that it had to wait for.
    const result = tooLateToSend(claim.transfer, context.now())
    const unsent = pause ? { pause } : result && { result }
    if (unsent) {
      return unsent
    }
    const call = () => callGateway(context, claim)
    return { answer: sendWhileClaimed(context, claim.transfer, call) }
  })
  return "answer" in begun ? { result: await begun.answer } : begun
}

/** Never rejects. */
function callGateway(
  context: PayoutContext,
  { transfer, order, provider }: ClaimedTransfer
): Promise<PayoutResult> {
  const { log } = context
  const { reference, provider_id } = transfer
  return withTimeout(
    () => provider.initiateTransfer(order),
    provider.capabilities.leaseMs,
    (reason): PayoutResult => {
      log.warn(
        `Payout ${reference}: no answer of ${provider_id} to the call that sent it (${reason})`
      )
      return { outcome: "unknown", message: reason }
    },
    (late) => {
      log.warn(
        `Payout ${reference}: ${provider_id} answered "${late.outcome}" after its time; it is asked about`
      )
      scheduleStatusCheckNow(context, transfer).catch(() => {
        log.error(`Payout ${reference}: the late answer of ${provider_id} could not be noted`)
      })
    }
  )
}

/** Of a transfer that was claimed when sending was paused: its call did not begin. */
async function takeBack(
  context: PayoutContext,
  claimed: Transfer,
  { paused_by }: Pause
): Promise<Transfer> {
  const takenBack = await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, claimed.id)
    return isStillClaimed(locked, claimed)
      ? await moveTransfer(transaction, locked, {
          to: "approved",
          actor: systemActor,
          reason: {
            text: `It was not sent: ${paused_by} paused all payouts a moment before`,
            code: "paused",
            details: { person: paused_by },
          },
          change: { submitted_at: null, lease_expires_at: null, next_check_at: transaction.now },
        })
      : undefined
  })
  return takenBack ?? (await scheduleStatusCheckNow(context, claimed))
}

/** Books the result of the call, unless the lease lapsed and the transfer is asked about meanwhile. */
async function book(
  context: PayoutContext,
  claimed: Transfer,
  result: PayoutResult
): Promise<Transfer> {
  const booked = await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, claimed.id)
    if (!isStillClaimed(locked, claimed)) {
      return undefined
    }
    const { query } = transaction
    const notSent = await passages(query, locked.id, { from: "submitting", to: "approved" })
    let transfer = locked
    for (const step of decideResult(locked, result, notSent.length, transaction.now)) {
      transfer = await moveTransfer(transaction, transfer, step)
    }
    return transfer
  })
  return booked ?? (await scheduleStatusCheckNow(context, claimed))
}

/**
 * Has the transfer asked about at once, where it can be. An answer that comes after its time is not booked: the status
 * that the gateway gives now is newer.
 */
async function scheduleStatusCheckNow(context: PayoutContext, { id }: Transfer): Promise<Transfer> {
  const { database } = context
  const transfer = await transferOf(database, id)
  const isAsked = transfer.next_check_at !== null && queryableStates.includes(transfer.status)
  return isAsked ? await noteOnTransfer(database, id, { next_check_at: context.now() }) : transfer
}
