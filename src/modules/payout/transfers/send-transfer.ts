import { PayoutConflict } from "../conflict"
import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../payout-context"
import type { PayoutResult } from "../payout-provider"
import { handOf, type Actor } from "../payouts"
import { dueToSend, postponeSending } from "../store/due-transfers"
import { inTransaction } from "../store/transaction"
import {
  lockTransfer,
  moveTransfer,
  noteOnTransfer,
  passages,
  transferOf,
} from "../store/transfers"
import type { Transfer } from "../transfer"
import { askableStates } from "../transfer-state"
import { atOnce } from "./at-once"
import { claimTransfer, sendWithinMs, type Claim } from "./claim-transfer"
import { decideResult } from "./decide-result"
import { withinTime } from "./within-time"

/** Sends an approved transfer, once; see `PayoutModuleService.submitTransfer`. */
export async function submitTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<Transfer> {
  const claim = await claimTransfer(context, id, handOf(actor))
  return claim.type === "claimed" ? await send(context, claim) : claim.transfer
}

type ClaimedTransfer = Extract<Claim, { type: "claimed" }>

const sentAtOnce = 4
/** How long one that could not even be looked at waits, in milliseconds, such as while its key is missing. */
const postponedMs = 5 * 60_000

/** @returns how many it took */
export async function submitDue(context: PayoutContext, limit: number): Promise<number> {
  let taken = 0
  const due = await dueToSend(context.database, context.now(), limit)
  await atOnce(due, sentAtOnce, async (id) => {
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

async function claimDue(context: PayoutContext, id: string): Promise<Claim | undefined> {
  try {
    return await claimTransfer(context, id, systemActor)
  } catch (error) {
    // Else another instance was first, or somebody took it back.
    if (!(error instanceof PayoutConflict)) {
      const { database, now, log } = context
      log.error(
        `The payout ${id} can't be sent, and is tried again in five minutes: ${said(error)}`
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
      `Payout ${reference}: what came of it could not be written down; it is asked about: ${said(error)}`
    )
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error"
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
