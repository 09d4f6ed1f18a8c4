import { errorMessage, invalidData, notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { notFoundGraceMs } from "../domain/decisions"
import { nextLook } from "../domain/schedule"
import { PayoutConflict, resolvableStates, stateForbids } from "../domain/state"
import type { Transfer, TransferDecision } from "../domain/transfer"
import type { PayoutReport } from "../provider"
import { versionOf } from "../store/beneficiaries"
import { fileOf } from "../store/files"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer, transferOf } from "../store/transfers"
import { refuseWhileTaken } from "./resolve-file"
import { askAndBook, markLapsedAsUnknown } from "./refresh"
import { resolveBlocker } from "./who-may-approve"

/**
 * A second person's word, where the gateway's can't be had: it is asked first, and for a week after; see
 * `PayoutModuleService.resolveTransfer`.
 */
export async function resolveTransfer(
  context: PayoutContext,
  id: string,
  decision: TransferDecision,
  actor: Actor
): Promise<Transfer> {
  requirePerson(actor, "resolve", context.options)
  const { outcome, note, gateway_id } = decision
  if (note.trim() === "") {
    throw invalidData(
      "Say in the note how it was found out, such as where it stands in the dashboard",
      { code: "note_missing" }
    )
  }
  const change = `be resolved as ${outcome}`
  const found = await markLapsedAsUnknown(context, await transferOf(context.database, id))
  if (!mayBeResolved(found, decision)) {
    throw stateForbids(found, change)
  }
  await requireSecondPerson(context, found, actor)
  const { transfer: asked, report } = await ask(context, found)
  if (asked.status === outcome && found.status !== outcome) {
    // The gateway said so itself: nobody's word is needed.
    return asked
  }
  const contradiction = contradictionOf(asked, decision, report, context.now())
  if (contradiction !== undefined) {
    throw contradiction
  }
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    if (!mayBeResolved(transfer, decision)) {
      throw stateForbids(transfer, change)
    }
    const { now, query } = transaction
    if (outcome === "failed" && transfer.file_id !== null) {
      await refuseWhileTaken(transaction, await fileOf(query, transfer.file_id))
    }
    // What the gateway had proved before is asked about no more, and about what is paid by a file nobody can be asked.
    const { status, file_id, provider_id } = transfer
    const isAsked =
      status !== "succeeded" && file_id === null && !context.providers.isPaidByFile(provider_id)
    return await moveTransfer(
      transaction,
      transfer,
      {
        to: outcome,
        actor: handOf(actor),
        reason: { text: note },
        change: {
          resolved_by: actor.id,
          next_check_at: isAsked ? (nextLook(now, now) ?? null) : null,
          not_found_since: null,
          ...(gateway_id ? { gateway_id } : {}),
        },
      },
      change
    )
  })
}

function mayBeResolved({ status }: Transfer, { outcome }: TransferDecision): boolean {
  return resolvableStates.includes(status) || (status === "succeeded" && outcome === "returned")
}

/** @throws MedusaError not_allowed for who made it, set what was paid, or may not approve */
async function requireSecondPerson(
  { database, options, now }: PayoutContext,
  transfer: Transfer,
  actor: Actor
): Promise<void> {
  const paid = await versionOf(database, transfer.beneficiary_version_id)
  const blocker = resolveBlocker(transfer, paid, actor, options, now())
  if (blocker !== undefined) {
    throw notAllowed(blocker.message, { code: blocker.code })
  }
}

/** A gateway that is not configured any more, or an account whose key is lost, must not keep people from deciding. */
async function ask(
  context: PayoutContext,
  transfer: Transfer
): Promise<{ transfer: Transfer; report: PayoutReport }> {
  try {
    return await askAndBook(context, transfer)
  } catch (error) {
    context.log.warn(
      `Payout ${transfer.reference} is resolved without its gateway: ${errorMessage(error)}`
    )
    return { transfer, report: { outcome: "unknown" } }
  }
}

/** Why the gateway's answer does not go with what the person says; undefined where it does. */
function contradictionOf(
  { reference, provider_id, status, submitted_at }: Transfer,
  { outcome }: TransferDecision,
  report: PayoutReport,
  now: Date
): PayoutConflict | undefined {
  const refused = `The transfer ${reference} can't be resolved as ${outcome}: `
  const provider = provider_id
  if (status === "succeeded" || status === "failed" || status === "returned") {
    return status === "succeeded" && outcome === "returned"
      ? undefined
      : new PayoutConflict(`${refused}${provider} was asked and says that it ${status}`, {
          code: "outcome_told",
          details: { provider, transfer_state: status },
        })
  }
  if (outcome !== "failed") {
    return undefined
  }
  // In review it is where the gateway has said so for a week: that does not keep a person from ending it.
  if (report.outcome === "processing" && status !== "manual_review") {
    return new PayoutConflict(
      `${refused}${provider} was asked and is at work on it. Refresh it later`,
      { code: "outcome_under_way", details: { provider } }
    )
  }
  const settledAt = (submitted_at?.getTime() ?? 0) + notFoundGraceMs
  return now.getTime() < settledAt
    ? new PayoutConflict(
        `${refused}it was sent minutes ago and may still arrive. Try again in a quarter of an hour`,
        { code: "outcome_fresh" }
      )
    : undefined
}
