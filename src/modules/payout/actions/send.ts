import { guardSending } from "../../../gateways/shared/sending-guard"
import { systemActor } from "../../../shared/audit-line"
import { mapConcurrent, Semaphore } from "../../../shared/concurrency"
import { errorMessage, notAllowed } from "../../../shared/errors"
import { HeldClaim, leaseMs } from "../../../shared/held-claim"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import { decideResult } from "../domain/decisions"
import { queryableStates, PayoutConflict, stateForbids } from "../domain/state"
import { refuseTooEarly } from "../domain/schedule"
import type { Transfer } from "../domain/transfer"
import type { AbstractPayoutProvider, PayoutOrder, PayoutResult } from "../provider"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { renewSending } from "../store/claims"
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
import { doubtAbout, findSentBefore, sendingHistory } from "./ask-before-sending"
import { SendingBudgets } from "./balance"
import { orderOf, withTimeout } from "./call-provider"
import { accountHistory, coolingOffOf } from "./new-account"
import { delayTransfer, lastingCause } from "./delay-sending"
import { payeeOf } from "./payee"
import { obstacleTo } from "./obstacle"
import { refuseWhilePaused } from "./pause"

/** Sends an approved transfer, once; see `PayoutModuleService.submitTransfer`. */
export async function submitTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<Transfer> {
  const claim = await claimTransfer(context, id, handOf(actor))
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
  const { database, now, providers } = context
  const due = await dueToSend(database, now(), limit, providers.idsPaidByFile())
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
    return await claimTransfer(context, transfer.id, systemActor)
  } catch (error) {
    // A conflict means that another instance was first, or that the approval was taken back.
    if (!(error instanceof PayoutConflict)) {
      await postpone(context, transfer, error)
    }
    return undefined
  }
}

async function postpone(context: PayoutContext, transfer: Transfer, error: unknown): Promise<void> {
  const { database, now, log } = context
  const until = new Date(now().getTime() + postponedMs)
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

/**
 * How long after the claim the call must begin at the latest, in milliseconds; while it is under way the lease is
 * renewed. A process that was suspended for longer does not send: another server may be asking about the transfer by
 * then.
 */
const sendWithinMs = 20_000

type ClaimOutcome =
  | { type: "claimed"; transfer: Transfer; order: PayoutOrder; provider: AbstractPayoutProvider }
  /** What was approved is not what the rows hold now: it is not sent. */
  | { type: "withheld"; transfer: Transfer }

type ClaimedTransfer = Extract<ClaimOutcome, { type: "claimed" }>

/**
 * Commits `submitting`, after everything that may refuse has been looked at once more in the same transaction.
 *
 * @throws PayoutConflict where it is not approved, as for the second of two who send it at once
 * @throws MedusaError not_found where its provider is not configured
 */
async function claimTransfer(
  context: PayoutContext,
  id: string,
  actor: string
): Promise<ClaimOutcome> {
  const { database, now } = context
  const found = await transferOf(database, id)
  const { beneficiary_id, provider_id } = found
  const provider = context.providers.get(provider_id)
  if (provider.files) {
    throw notAllowed(
      `The transfer ${found.reference} is paid by a file, which a person takes to the bank: make the file of its batch`
    )
  }
  refuseWhilePaused(await presentPause(database))
  if (found.status === "approved") {
    refuseTooEarly(found, now())
  }
  const history = await sendingHistory(database)
  const doubt = found.status === "approved" ? doubtAbout(found, history, now()) : undefined
  const before =
    doubt === undefined
      ? undefined
      : await findSentBefore(context, found, { doubt, life: history.life })
  if (before) {
    return { type: "withheld", transfer: before }
  }
  const claim = await inTransaction(context, async (transaction): Promise<ClaimOutcome> => {
    await lockSending(transaction, "share")
    refuseWhilePaused(await presentPause(transaction.query))
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "approved") {
      throw stateForbids(transfer, "be sent")
    }
    refuseTooEarly(transfer, transaction.now)
    const historyNow = await sendingHistory(transaction.query)
    if (doubt === undefined && doubtAbout(transfer, historyNow, transaction.now) !== undefined) {
      // The time for it ran out meanwhile, or sending was paused for a moment: the next try asks first.
      const { reference } = transfer
      const message = `The transfer ${reference} is asked about first. Try again`
      throw new PayoutConflict(message, { code: "asked_first", details: { reference } })
    }
    const version = await versionOf(transaction.query, transfer.beneficiary_version_id)
    const payee = payeeOf(context, beneficiary, version)
    const history = await accountHistory(transaction.query, payee, context.options)
    const coolingOff = coolingOffOf(beneficiary, history, context.options, transaction.now)
    const obstacle = obstacleTo(context, transfer, beneficiary, version, {
      coolingOff,
      now: transaction.now,
    })
    if (obstacle) {
      return { type: "withheld", transfer: await moveTransfer(transaction, transfer, obstacle) }
    }
    const order = orderOf(context.keys, transfer, version)
    const { now } = transaction
    const leaseEnd = new Date(now.getTime() + sendWithinMs + leaseMs)
    const claimed = await moveTransfer(transaction, transfer, {
      to: "submitting",
      actor,
      reason: null,
      change: {
        submitted_at: now,
        lease_expires_at: leaseEnd,
        // Where no answer is booked by then, the transfer is asked about.
        next_check_at: leaseEnd,
        not_found_since: null,
        checks: 0,
      },
    })
    return { type: "claimed", transfer: claimed, order, provider }
  })
  if (claim.type === "withheld") {
    const { reference, reason } = claim.transfer
    context.log.warn(`Payout ${reference} was not sent: ${reason}`)
  }
  return claim
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
    return unsent ?? { answer: callWhileHeld(context, claim) }
  })
  return "answer" in begun ? { result: await begun.answer } : begun
}

/** Of a transfer whose claim is as good as over: it is not sent, because another server may be asking about it. */
function tooLateToSend({ submitted_at }: Transfer, now: Date): PayoutResult | undefined {
  const waited = now.getTime() - (submitted_at ?? now).getTime()
  const message = `this server stood still for ${Math.round(waited / 1000)} s before it could send`
  return waited > sendWithinMs ? { outcome: "not_sent", message } : undefined
}

/**
 * Nobody asks about the transfer while its call is under way on a server that lives; and where somebody does, because
 * this one stood still while an access token was fetched, the call is not sent any more. Never rejects.
 */
async function callWhileHeld(
  context: PayoutContext,
  { transfer, order, provider }: ClaimedTransfer
): Promise<PayoutResult> {
  const { database, now } = context
  const { id, lease_expires_at } = transfer
  const held = new HeldClaim([id], lease_expires_at ?? now(), (until) =>
    renewSending(database, id, until, new Date(now().getTime() + sendWithinMs + leaseMs))
  )
  try {
    return await guardSending(
      () => held.ensureHeld(),
      () => callGateway(context, transfer, { order, provider })
    )
  } finally {
    held.stop()
  }
}

/** Never rejects. */
function callGateway(
  context: PayoutContext,
  transfer: Transfer,
  { order, provider }: Pick<ClaimedTransfer, "order" | "provider">
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
    return isStillOurs(locked, claimed)
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

/** Whether nobody has given up on whoever claimed it. */
function isStillOurs(
  { status, submitted_at }: Pick<Transfer, "status" | "submitted_at">,
  claimed: Pick<Transfer, "submitted_at">
): boolean {
  return status === "submitting" && submitted_at?.getTime() === claimed.submitted_at?.getTime()
}

/** Books the result of the call, unless the lease lapsed and the transfer is asked about meanwhile. */
async function book(
  context: PayoutContext,
  claimed: Transfer,
  result: PayoutResult
): Promise<Transfer> {
  const booked = await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, claimed.id)
    if (!isStillOurs(locked, claimed)) {
      return undefined
    }
    const { query, now } = transaction
    const notSent = await passages(query, locked.id, { from: "submitting", to: "approved" })
    let transfer = locked
    for (const step of decideResult(locked, result, notSent.length, now)) {
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
async function scheduleStatusCheckNow(
  { database, now }: PayoutContext,
  { id }: Transfer
): Promise<Transfer> {
  const transfer = await transferOf(database, id)
  const isAsked = transfer.next_check_at !== null && queryableStates.includes(transfer.status)
  return isAsked ? await noteOnTransfer(database, id, { next_check_at: now() }) : transfer
}
