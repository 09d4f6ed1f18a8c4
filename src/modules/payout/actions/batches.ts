import { invalidData } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import {
  batchText,
  type BatchTotals,
  isAsSeen,
  type PayoutBatch,
  type SeenBatch,
} from "../domain/batch"
import { refusePast } from "../domain/schedule"
import { PayoutConflict, stateForbids, type TransferState } from "../domain/state"
import type { Transfer, TransferToInsert } from "../domain/transfer"
import { voidApprovals } from "../store/approvals"
import { batchOf, batchTotals, insertBatch, lockTransfers } from "../store/batches"
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
    }
    return batch
  })
}

function refuseInBatch(transfer: Transfer, send_at: Date | null): void {
  if (transfer.batch_id !== null) {
    throw new PayoutConflict(
      `The transfer ${transfer.reference} is in the batch ${transfer.batch_id} already`
    )
  }
  if (!batchedStates.includes(transfer.status)) {
    throw stateForbids(transfer, "be put into a batch")
  }
  if (send_at !== null && transfer.status !== "awaiting_approval") {
    throw new PayoutConflict(
      `The transfer ${transfer.reference} was approved to be sent at another time: put it into a batch without send_at`
    )
  }
}

/** The batch of what was made of a file; none where nothing was. */
export async function makeBatchOfImport(
  transaction: PayoutTransaction,
  transfers: readonly TransferToInsert[],
  wanted: Omit<PayoutBatch, "id" | "created_at" | "source">
): Promise<TransferToInsert[]> {
  if (transfers.length === 0) {
    return []
  }
  const { id } = await insertBatch(transaction, { ...wanted, source: "import" })
  return transfers.map((transfer) => ({ ...transfer, batch_id: id }))
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
    throw invalidData("Say why the batch is rejected: whoever made it has to know")
  }
  return await onBatch(context, id, seen, "be rejected", async (transaction, transfers) => {
    const waiting = transfers.filter(({ status }) => status === "awaiting_approval")
    for (const transfer of waiting) {
      await moveTransfer(transaction, transfer, { to: "rejected", actor: handOf(actor), reason })
    }
    return { rejected: waiting.length }
  })
}

/** Takes back all that was not sent; see `PayoutModuleService.withdrawBatch`. */
export async function withdrawBatch(
  context: PayoutContext,
  id: string,
  actor: Actor,
  { reason, ...seen }: SeenBatch & { reason?: string }
): Promise<{ withdrawn: number }> {
  return await onBatch(context, id, seen, "be withdrawn", async (transaction, transfers) => {
    const open = transfers.filter(({ status }) => batchedStates.includes(status))
    for (const transfer of open) {
      const isOwn = actor.type !== "system" && actor.id === transfer.created_by
      if (transfer.status === "awaiting_approval" && !isOwn) {
        requirePerson(actor, "reject", context.options)
      }
      await moveTransfer(transaction, transfer, {
        to: "canceled",
        actor: handOf(actor),
        reason: reason ?? null,
        change: { next_check_at: null },
      })
    }
    return { withdrawn: open.length }
  })
}

/** What is done to the transfers of a batch under its lock, where they are what was seen. */
async function onBatch<Result extends Record<string, number>>(
  context: PayoutContext,
  id: string,
  seen: SeenBatch,
  change: string,
  act: (transaction: PayoutTransaction, transfers: Transfer[]) => Promise<Result>
): Promise<Result> {
  return await inTransaction(context, async (transaction) => {
    await lockNames(transaction, [lockName.batch(id)])
    const batch = await batchOf(transaction.query, id)
    const transfers = await lockTransfers(transaction, { batch_id: id })
    await requireSeen(transaction, batch, seen)
    const result = await act(transaction, transfers)
    if (Object.values(result).every((number) => number === 0)) {
      throw new PayoutConflict(
        `The batch ${id} can't ${change}: nothing of it waits for that any more`
      )
    }
    return result
  })
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
        "Look at it again"
    )
  }
  return now
}
