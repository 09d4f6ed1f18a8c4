import { add, decimal, tryDecimal } from "../../../gateways/shared/money"
import { invalidData, notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { notFoundGraceMs } from "../domain/decisions"
import { PayoutConflict, resolvableStates } from "../domain/state"
import type { PayoutFile } from "../domain/payout-file"
import type { Transfer } from "../domain/transfer"
import { addAuditLine, lastAuditAt, versionsOf } from "../store/beneficiaries"
import { fileOf, lockTransfersOfFile } from "../store/files"
import { inTransaction, type PayoutTransaction } from "../store/transaction"
import { moveTransfer } from "../store/transfers"
import { downloaded } from "./download-file"
import { resolveBlocker } from "./who-may-approve"

/** What a second person says of all that is open in a file. */
export type FileDecision = {
  outcome: "succeeded" | "failed"
  note: string
  /** How many transfers of the file they saw open, and what those add up to. */
  count: number
  sum: string
}

/**
 * For a file that the bank refused as a whole or that never came there, and for one that it paid as a whole; see
 * `PayoutModuleService.resolveFile`.
 */
export async function resolveFile(
  context: PayoutContext,
  id: string,
  { outcome, note, ...seen }: FileDecision,
  actor: Actor
): Promise<Transfer[]> {
  const { options } = context
  requirePerson(actor, "resolve", options)
  if (note.trim() === "") {
    throw invalidData("Say in the note how it was found out, such as where it stands at the bank", {
      code: "note_missing",
    })
  }
  return await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const file = await fileOf(query, id)
    const open = (await lockTransfersOfFile(transaction, id)).filter(({ status }) =>
      resolvableStates.includes(status)
    )
    const sum = open.map(({ amount }) => decimal(amount)).reduce((a, b) => add(a, b), decimal("0"))
    if (open.length === 0 || open.length !== seen.count || tryDecimal(seen.sum) !== sum) {
      throw new PayoutConflict(
        `${open.length} transfers of the file ${file.message_id} are open, which add up to ${sum}: that is not what you ` +
          `saw (${seen.count} of ${seen.sum}). Look at it again`,
        { code: "file_changed", details: { file: file.message_id } }
      )
    }
    if (outcome === "failed") {
      await refuseWhileTaken(transaction, file)
    }
    const versionIds = open.map(({ beneficiary_version_id }) => beneficiary_version_id)
    const versions = new Map((await versionsOf(query, versionIds)).map((one) => [one.id, one]))
    const resolved: Transfer[] = []
    for (const transfer of open) {
      const paid = versions.get(transfer.beneficiary_version_id)
      const blocker = paid && resolveBlocker(transfer, paid, actor, options, now)
      if (blocker) {
        throw notAllowed(blocker.message, { code: blocker.code })
      }
      const step = { to: outcome, actor: handOf(actor), reason: { text: note } } as const
      const change = { resolved_by: actor.id, next_check_at: null, not_found_since: null }
      resolved.push(await moveTransfer(transaction, transfer, { ...step, change }))
    }
    const action = `resolved: ${outcome}`
    await addAuditLine(query, transaction, id, {
      actor: handOf(actor),
      action,
      note: { text: note },
    })
    return resolved
  })
}

/**
 * That what stands in a file failed is not believed as long as somebody who has just had it may be taking it to the bank.
 *
 * @throws PayoutConflict
 */
export async function refuseWhileTaken(
  { query, now }: PayoutTransaction,
  { id, message_id, created_at }: PayoutFile
): Promise<void> {
  const givenAt = await lastAuditAt(query, id, downloaded)
  if (now.getTime() < (givenAt ?? created_at).getTime() + notFoundGraceMs) {
    throw new PayoutConflict(
      `The file ${message_id} was ${givenAt ? "given out" : "made"} minutes ago, and somebody may be taking it to the ` +
        "bank. Try again in a quarter of an hour",
      { code: "file_fresh", details: { file: message_id } }
    )
  }
}
