import { systemActor } from "../../../shared/audit-line"
import { mapConcurrent } from "../../../shared/concurrency"
import { errorMessage } from "../../../shared/errors"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import { accountOf, DecryptionError } from "../crypto/accounts"
import { verifyApproval } from "../crypto/approvals"
import { MissingKeyError } from "../crypto/keys"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import { decideResult } from "../domain/decisions"
import { askableStates, PayoutConflict, stateForbids } from "../domain/state"
import type { Step, Transfer } from "../domain/transfer"
import { overTransferLimit } from "../domain/validate-transfer"
import type { AbstractPayoutProvider, PayoutAccount, PayoutOrder, PayoutResult } from "../provider"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { dueToSend, postponeSending } from "../store/transfer-queries"
import {
  lockTransfer,
  moveTransfer,
  noteOnTransfer,
  passages,
  transferOf,
} from "../store/transfers"
import { voidApproval } from "./approve"
import { orderOf, withinTime } from "./call-provider"

/** Sends an approved transfer, once; see `PayoutModuleService.submitTransfer`. */
export async function submitTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<Transfer> {
  const claim = await claimTransfer(context, id, handOf(actor))
  return claim.type === "claimed" ? await send(context, claim) : claim.transfer
}

const sentAtOnce = 4
/** How long one that could not even be looked at waits, in milliseconds, such as while its key is missing. */
const postponedMs = 5 * 60_000

/** @returns how many it took */
export async function submitDue(context: PayoutContext, limit: number): Promise<number> {
  let taken = 0
  const due = await dueToSend(context.database, context.now(), limit)
  await mapConcurrent(due, sentAtOnce, async (id) => {
    const claim = await claimDue(context, id)
    if (claim) {
      taken += 1
    }
    if (claim?.type === "claimed") {
      await sendDue(context, claim)
    }
  })
  return taken
}

async function claimDue(context: PayoutContext, id: string): Promise<ClaimOutcome | undefined> {
  try {
    return await claimTransfer(context, id, systemActor)
  } catch (error) {
    // Else another instance was first, or somebody took it back.
    if (!(error instanceof PayoutConflict)) {
      const { database, now, log } = context
      log.error(
        `The payout ${id} can't be sent, and is tried again in five minutes: ${messageOf(error)}`
      )
      await postponeSending(database, id, new Date(now().getTime() + postponedMs))
    }
    return undefined
  }
}

async function sendDue(context: PayoutContext, claim: ClaimedTransfer): Promise<void> {
  try {
    await send(context, claim)
  } catch (error) {
    const { reference } = claim.transfer
    context.log.error(
      `Payout ${reference}: what came of it could not be written down; it is asked about: ${messageOf(error)}`
    )
  }
}

function messageOf(error: unknown): string {
  return errorMessage(error)
}

/**
 * How long after the claim the call must have begun, in milliseconds: the lease is for the call. A server that
 * stood still for longer does not send any more, because others may be asking about the transfer by then.
 */
const sendWithinMs = 30_000

type ClaimOutcome =
  | { type: "claimed"; transfer: Transfer; order: PayoutOrder; provider: AbstractPayoutProvider }
  /** What was approved is not what stands there now: it is sent nowhere. */
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
  const { beneficiary_id, provider_id } = await transferOf(context.database, id)
  const provider = context.providers.get(provider_id)
  const claim = await inTransaction(context, async (transaction): Promise<ClaimOutcome> => {
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "approved") {
      throw stateForbids(transfer, "be sent")
    }
    const version = await versionOf(transaction.query, transfer.beneficiary_version_id)
    const obstacle = obstacleTo(context, transfer, beneficiary, version)
    if (obstacle) {
      return { type: "withheld", transfer: await moveTransfer(transaction, transfer, obstacle) }
    }
    const order = orderOf(context.keys, transfer, version)
    const { now } = transaction
    const leaseEnd = new Date(now.getTime() + sendWithinMs + provider.capabilities.leaseMs)
    const claimed = await moveTransfer(transaction, transfer, {
      to: "submitting",
      actor,
      reason: null,
      change: {
        submitted_at: now,
        lease_expires_at: leaseEnd,
        // Where nobody books an answer by then, the transfer is asked about.
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

/** Where the transfer goes instead of to the gateway. */
function obstacleTo(
  { keys, options }: PayoutContext,
  transfer: Transfer,
  beneficiary: Beneficiary,
  version: BeneficiaryVersion
): Step | undefined {
  if (beneficiary.status === "disabled") {
    const reason = "Its beneficiary is disabled"
    return { to: "canceled", actor: systemActor, reason, change: { next_check_at: null } }
  }
  const problem = problemOf()
  return problem === undefined ? undefined : voidApproval(systemActor, problem)

  function problemOf(): string | undefined {
    if (beneficiary.status !== "active") {
      return `Its beneficiary is ${beneficiary.status}, not active`
    }
    if (beneficiary.version_id !== transfer.beneficiary_version_id) {
      return "Its beneficiary was edited after it was approved"
    }
    return overTransferLimit(transfer, options.limits) ?? signatureProblem(keys, transfer, version)
  }
}

/** @throws MissingKeyError where the account's own key is gone: then nothing can be said about it */
function signatureProblem(
  keys: PayoutContext["keys"],
  transfer: Transfer,
  version: BeneficiaryVersion
): string | undefined {
  const { approval_signature } = transfer
  let account: PayoutAccount
  try {
    account = accountOf(keys, version)
  } catch (error) {
    if (error instanceof DecryptionError) {
      return error.message
    }
    throw error
  }
  const changed =
    "Its amount, currency, provider or account is not what was approved. Somebody wrote to the database: find " +
    "out who, before it is approved again"
  if (approval_signature === null) {
    return changed
  }
  try {
    return verifyApproval(keys, approval_signature, { ...transfer, account }) ? undefined : changed
  } catch (error) {
    if (error instanceof MissingKeyError) {
      return `It was approved under the key "${error.keyId}", which is not in the options any more`
    }
    throw error
  }
}

/** Calls the gateway for what was claimed, and writes down what it came to. */
async function send(
  context: PayoutContext,
  { transfer, order, provider }: ClaimedTransfer
): Promise<Transfer> {
  const { now, log } = context
  const { reference, provider_id, submitted_at } = transfer
  const waited = now().getTime() - (submitted_at ?? now()).getTime()
  if (waited > sendWithinMs) {
    const message = `this server stood still for ${Math.round(waited / 1000)} s before it could send`
    return await book(context, transfer, { outcome: "not_sent", message })
  }
  const result = await withinTime(
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
      hurryQuestion(context, transfer).catch(() => {
        log.error(`Payout ${reference}: the late answer of ${provider_id} could not be noted`)
      })
    }
  )
  return await book(context, transfer, result)
}

/** Writes down what the call came to, unless the transfer was given up on and asked about meanwhile. */
async function book(
  context: PayoutContext,
  claimed: Transfer,
  result: PayoutResult
): Promise<Transfer> {
  const booked = await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, claimed.id)
    const isOurs =
      locked.status === "submitting" &&
      locked.submitted_at?.getTime() === claimed.submitted_at?.getTime()
    if (!isOurs) {
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
  return booked ?? (await hurryQuestion(context, claimed))
}

/**
 * An answer that comes after its call was given up on settles nothing: what asking tells is newer. It is a
 * reason to ask at once.
 */
async function hurryQuestion(
  { database, now }: PayoutContext,
  { id }: Transfer
): Promise<Transfer> {
  const transfer = await transferOf(database, id)
  const isAsked = transfer.next_check_at !== null && askableStates.includes(transfer.status)
  return isAsked ? await noteOnTransfer(database, id, { next_check_at: now() }) : transfer
}
