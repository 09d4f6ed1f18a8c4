import { invalidData } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import {
  batchEvent,
  batchText,
  type BatchTotals,
  isAsSeen,
  type PayoutBatch,
  type SeenBatch,
  sumsValue,
} from "../domain/batch"
import { type CodedText, personsWords, withPersonsWords } from "../domain/reason"
import { refusePast } from "../domain/schedule"
import { PayoutConflict, stateForbids, type TransferState } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import { voidApprovals } from "../store/approvals"
import { batchOf, batchTotals, insertBatch, lockTransfers } from "../store/batches"
import { addAuditLine } from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { moveTransfer, noteOnTransfer } from "../store/transfers"

/** What somebody puts together. */
export type NewBatch = {
  transfer_ids: readonly string[]
  label?: string | null
  /** Nothing of it is sent before; without it each is sent as it was going to be. */
  send_at?: Date | null
}

/** The transfers that are put together can still be approved, or wait to be sent. */
const batchedStates: readonly TransferState[] = ["awaiting_approval", "approved"]

/** Puts transfers together that were made one by one; see `PayoutModuleService.makeBatch`. */
export async function makeBatch(
  context: PayoutContext,
  { transfer_ids, label = null, send_at = null }: NewBatch,
  actor: Actor
): Promise<PayoutBatch> {
  const ids = [...new Set(transfer_ids)]
  if (ids.length === 0) {
    throw invalidData("A batch is made of one transfer or more: name them")
  }
  return await inTransaction(context, async (transaction) => {
    refusePast(send_at, transaction.now)
    const transfers = await lockTransfers(transaction, { ids })
    const found = new Set(transfers.map(({ id }) => id))
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length > 0) {
      throw invalidData(`There are no payout transfers ${missing.join(", ")}`)
    }
    for (const transfer of transfers) {
      refuseInBatch(transfer, send_at)
    }
    const wanted = { label, source: "selection", import_id: null, send_at } as const
    const batch = await insertBatch(transaction, { ...wanted, created_by: actor.id })
    if (send_at !== null) {
      // The first of two was given for another day.
      await voidApprovals(transaction.query, transaction.now, ids)
    }
    for (const { id } of transfers) {
      const change = { batch_id: batch.id, ...(send_at === null ? {} : { send_at }) }
      await noteOnTransfer(transaction.query, id, change)
      await addAuditLine(transaction.query, transaction, id, {
        actor: handOf(actor),
        action: "put into a batch",
        note: memberNote(batch),
      })
    }
    await tellMade(transaction, batch)
    return batch
  })
}

/** Once all its transfers are written. */
export async function tellMade(
  { query, told }: PayoutTransaction,
  batch: PayoutBatch
): Promise<void> {
  const totals = (await batchTotals(query, [batch.id])).get(batch.id)
  told.push(batchEvent("made", batch, totals ?? { count: 0, sums: [] }))
}

/** For people: which batch it is, and the day that it gives its transfers, if it does. */
function memberNote({ id, label, send_at }: PayoutBatch): CodedText {
  const batch = label === null ? id : `${id} (${label})`
  const time = send_at?.toISOString()
  return time === undefined
    ? { text: batch, code: "put_into_batch", details: { batch } }
    : {
        text: `${batch}, not to be sent before ${time}`,
        code: "put_into_batch_for",
        details: { batch, time },
      }
}

function refuseInBatch(transfer: Transfer, send_at: Date | null): void {
  if (transfer.batch_id !== null) {
    throw new PayoutConflict(
      `The transfer ${transfer.reference} is in the batch ${transfer.batch_id} already`,
      { code: "in_a_batch", details: { reference: transfer.reference } }
    )
  }
  if (!batchedStates.includes(transfer.status)) {
    throw stateForbids(transfer, "be put into a batch")
  }
  if (send_at !== null && transfer.status !== "awaiting_approval") {
    throw new PayoutConflict(
      `The transfer ${transfer.reference} was approved to be sent at another time: put it into a batch without send_at`,
      { code: "approved_for_another_time", details: { reference: transfer.reference } }
    )
  }
}

/** The batch of what was made of a file. */
export async function makeBatchOfImport(
  transaction: PayoutTransaction,
  wanted: Omit<PayoutBatch, "id" | "created_at" | "source">
): Promise<PayoutBatch> {
  return await insertBatch(transaction, { ...wanted, source: "import" })
}

/** Rejects all that waits for an approval; see `PayoutModuleService.rejectBatch`. */
export async function rejectBatch(
  context: PayoutContext,
  id: string,
  actor: Actor,
  { reason, ...seen }: SeenBatch & { reason: string }
): Promise<{ rejected: number }> {
  requirePerson(actor, "reject", context.options)
  if (reason.trim() === "") {
    throw invalidData("Say why the batch is rejected: whoever made it has to know", {
      code: "note_missing",
    })
  }
  const rejected = await endEach(context, id, actor, {
    seen,
    from: ["awaiting_approval"],
    to: "rejected",
    reason,
    action: "rejected",
  })
  return { rejected }
}

/** Takes back all that was not sent; see `PayoutModuleService.withdrawBatch`. */
export async function withdrawBatch(
  context: PayoutContext,
  id: string,
  actor: Actor,
  { reason, ...seen }: SeenBatch & { reason?: string }
): Promise<{ withdrawn: number }> {
  const withdrawn = await endEach(context, id, actor, {
    seen,
    from: batchedStates,
    to: "canceled",
    reason: reason ?? null,
    action: "withdrawn",
    refuse: ({ status, created_by }) => {
      const isOwn = actor.type !== "system" && actor.id === created_by
      // From anybody else it is a rejection.
      if (status === "awaiting_approval" && !isOwn) {
        requirePerson(actor, "reject", context.options)
      }
    },
  })
  return { withdrawn }
}

/**
 * Ends what is in some states of a batch that is what was seen, all or nothing.
 *
 * @returns how many
 */
async function endEach(
  context: PayoutContext,
  id: string,
  actor: Actor,
  end: {
    seen: SeenBatch
    from: readonly TransferState[]
    to: Extract<TransferState, "rejected" | "canceled">
    reason: string | null
    action: "rejected" | "withdrawn"
    /** Throws where the transfer is not for this person to end. */
    refuse?: (transfer: Transfer) => void
  }
): Promise<number> {
  const { seen, from, to, reason, action, refuse } = end
  return await inTransaction(context, async (transaction) => {
    await lockNames(transaction, [lockName.batch(id)])
    const batch = await batchOf(transaction.query, id)
    const transfers = await lockTransfers(transaction, { batch_id: id })
    const now = await requireSeen(transaction, batch, seen)
    const open = transfers.filter(({ status }) => from.includes(status))
    if (open.length === 0) {
      throw new PayoutConflict(
        `Nothing of the batch ${id} can be ${action} any more. Look at it again`,
        { code: "batch_over" }
      )
    }
    for (const transfer of open) {
      refuse?.(transfer)
      const step = { to, actor: handOf(actor), reason: personsWords(reason) }
      await moveTransfer(transaction, transfer, { ...step, change: { next_check_at: null } })
    }
    const ended = String(open.length)
    const note = {
      text: `${batchText(now)}. ${capital(action)}: ${ended}`,
      code: `batch_${action}`,
      details: { sums: sumsValue(now), ended },
    } as const
    await addAuditLine(transaction.query, transaction, id, {
      actor: handOf(actor),
      action,
      note: withPersonsWords(note, reason, ". "),
    })
    const came = { [action]: open.length, reason, decided_by: handOf(actor) }
    transaction.told.push(batchEvent(action, batch, now, came))
    return open.length
  })
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

/** @throws PayoutConflict that says what the batch is, where it is not what was seen */
export async function requireSeen(
  { query }: PayoutTransaction,
  { id }: PayoutBatch,
  seen: SeenBatch
): Promise<BatchTotals> {
  const now = (await batchTotals(query, [id])).get(id)
  if (now === undefined || !isAsSeen(seen, now)) {
    throw new PayoutConflict(
      `The batch ${id} is not what you saw (${batchText(seen)}). It is now ${now ? batchText(now) : "empty"}. ` +
        "Look at it again",
      { code: "batch_changed" }
    )
  }
  return now
}
