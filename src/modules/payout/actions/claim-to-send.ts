/**
 * What keeps two servers from sending the same payout. A server claims an approved transfer: under the lock of its row,
 * `submitting` is committed with a lease, before anything is sent, so that of two servers the second finds it claimed. Its
 * own claim is renewed while the call is under way, and the call begins only while the claim is held.
 */

import { guardSending } from "../../../gateways/shared/sending-guard"
import { notAllowed } from "../../../shared/errors"
import { HeldClaim, leaseMs } from "../../../shared/held-claim"
import type { PayoutContext } from "../context"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import { refuseTooEarly } from "../domain/schedule"
import { PayoutConflict, stateForbids } from "../domain/state"
import type { Step, Transfer } from "../domain/transfer"
import type { AbstractPayoutProvider, PayoutOrder, PayoutResult } from "../provider"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { renewSending } from "../store/claims"
import { presentPause } from "../store/pauses"
import { inTransaction, lockSending, type PayoutTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer, transferOf } from "../store/transfers"
import { doubtAbout, findSentBefore, sendingHistory } from "./ask-before-sending"
import { accountHistory, coolingOffOf } from "./new-account"
import { obstacleTo } from "./obstacle"
import { refuseWhilePaused } from "./pause"
import { payeeOf } from "./payee"
import { orderOf } from "./payout-order"

/**
 * How long after the claim the call must begin at the latest, in milliseconds; while it is under way the lease is
 * renewed. A process that was suspended for longer does not send: another server may be asking about the transfer by
 * then.
 */
const sendWithinMs = 20_000

export type ClaimOutcome =
  | { type: "claimed"; transfer: Transfer; order: PayoutOrder; provider: AbstractPayoutProvider }
  /** What was approved is not what the rows hold now: it is not sent. */
  | { type: "withheld"; transfer: Transfer }

export type ClaimedTransfer = Extract<ClaimOutcome, { type: "claimed" }>

/**
 * Commits `submitting`, after everything that may refuse has been looked at once more in the same transaction. Where the
 * row alone does not prove that it was not sent yet, the gateway is asked before.
 *
 * @throws PayoutConflict where it is not approved, as for the second of two who send it at once
 * @throws MedusaError not_found where its provider is not configured
 */
export async function claimToSend(
  context: PayoutContext,
  id: string,
  actor: string
): Promise<ClaimOutcome> {
  const found = await transferOf(context.database, id)
  const provider = context.providers.get(found.provider_id)
  if (provider.files) {
    throw notAllowed(
      `The transfer ${found.reference} is paid by a file, which a person takes to the bank: make the file of its batch`
    )
  }
  refuseWhilePaused(await presentPause(context.database))
  const { isAsked, sentBefore } = await askWhereInDoubt(context, found)
  if (sentBefore) {
    return { type: "withheld", transfer: sentBefore }
  }
  const claim = await inTransaction(context, async (transaction): Promise<ClaimOutcome> => {
    await lockSending(transaction, "share")
    refuseWhilePaused(await presentPause(transaction.query))
    const beneficiary = await lockBeneficiary(transaction, found.beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "approved") {
      throw stateForbids(transfer, "be sent")
    }
    refuseTooEarly(transfer, transaction.now)
    if (!isAsked) {
      await refuseInDoubt(transaction, transfer)
    }
    const version = await versionOf(transaction.query, transfer.beneficiary_version_id)
    const obstacle = await presentObstacle(context, transaction, transfer, { beneficiary, version })
    if (obstacle) {
      return { type: "withheld", transfer: await moveTransfer(transaction, transfer, obstacle) }
    }
    const order = orderOf(context.keys, transfer, version)
    const claimed = await moveTransfer(transaction, transfer, submittingStep(transaction, actor))
    return { type: "claimed", transfer: claimed, order, provider }
  })
  if (claim.type === "withheld") {
    const { reference, reason } = claim.transfer
    context.log.warn(`Payout ${reference} was not sent: ${reason}`)
  }
  return claim
}

/** @returns `sentBefore` where the gateway knows the transfer already: the transfer as it is booked then */
async function askWhereInDoubt(
  context: PayoutContext,
  found: Transfer
): Promise<{ isAsked: boolean; sentBefore?: Transfer }> {
  if (found.status !== "approved") {
    return { isAsked: false }
  }
  refuseTooEarly(found, context.now())
  const history = await sendingHistory(context.database)
  const doubt = doubtAbout(found, history, context.now())
  return doubt === undefined
    ? { isAsked: false }
    : {
        isAsked: true,
        sentBefore: await findSentBefore(context, found, { doubt, life: history.life }),
      }
}

/** The time for it ran out since it was read, or sending was paused for a moment: the next try asks first. */
async function refuseInDoubt(transaction: PayoutTransaction, transfer: Transfer): Promise<void> {
  const history = await sendingHistory(transaction.query)
  if (doubtAbout(transfer, history, transaction.now) !== undefined) {
    const { reference } = transfer
    const message = `The transfer ${reference} is asked about first. Try again`
    throw new PayoutConflict(message, { code: "asked_first", details: { reference } })
  }
}

async function presentObstacle(
  context: PayoutContext,
  { query, now }: PayoutTransaction,
  transfer: Transfer,
  { beneficiary, version }: { beneficiary: Beneficiary; version: BeneficiaryVersion }
): Promise<Step | undefined> {
  const { options } = context
  const payee = payeeOf(context, beneficiary, version)
  const historyOfAccount = await accountHistory(query, payee, options)
  const coolingOff = coolingOffOf(beneficiary, historyOfAccount, options, now)
  return obstacleTo(context, transfer, beneficiary, version, { coolingOff, now })
}

function submittingStep({ now }: PayoutTransaction, actor: string): Step {
  const leaseEnd = leaseEndFrom(now)
  return {
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
  }
}

function leaseEndFrom(now: Date): Date {
  return new Date(now.getTime() + sendWithinMs + leaseMs)
}

/** Of a transfer whose claim is as good as over: it is not sent, because another server may be asking about it. */
export function tooLateToSend({ submitted_at }: Transfer, now: Date): PayoutResult | undefined {
  const waited = now.getTime() - (submitted_at ?? now).getTime()
  const message = `this server stood still for ${Math.round(waited / 1000)} s before it could send`
  return waited > sendWithinMs ? { outcome: "not_sent", message } : undefined
}

/**
 * Nobody asks about the transfer while its call is under way on a server that lives; and where somebody does, because
 * this one stood still while an access token was fetched, the call is not sent any more.
 *
 * @param call never rejects
 */
export async function sendWhileClaimed<Result>(
  context: PayoutContext,
  { id, lease_expires_at }: Transfer,
  call: () => Promise<Result>
): Promise<Result> {
  const claim = new HeldClaim([id], lease_expires_at ?? context.now(), (until) =>
    renewSending(context.database, id, until, leaseEndFrom(context.now()))
  )
  try {
    return await guardSending(() => claim.ensureHeld(), call)
  } finally {
    claim.stop()
  }
}

/** Whether nobody has given up on whoever claimed it: only then is the answer of its call booked. */
export function isStillClaimed(
  { status, submitted_at }: Pick<Transfer, "status" | "submitted_at">,
  claimed: Pick<Transfer, "submitted_at">
): boolean {
  return status === "submitting" && submitted_at?.getTime() === claimed.submitted_at?.getTime()
}
