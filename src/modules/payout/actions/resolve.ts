import { invalidData } from "../../../shared/errors"
import type { PayoutContext } from "../context"
import { type Actor, handOf, requirePerson } from "../actor"
import { stateForbids } from "../domain/state"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer } from "../store/transfers"
import type { Transfer, TransferDecision } from "../domain/transfer"
import { nextLook } from "../domain/schedule"

/** A person's word, where the gateway's can't be had; see `PayoutModuleService.resolveTransfer`. */
export async function resolveTransfer(
  context: PayoutContext,
  id: string,
  { outcome, note, gateway_id }: TransferDecision,
  actor: Actor
): Promise<Transfer> {
  requirePerson(actor, "resolve", context.options)
  if (note.trim() === "") {
    throw invalidData(
      "Say in the note how it was found out, such as where it stands in the dashboard"
    )
  }
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const change = `be resolved as ${outcome}`
    const mayResolve =
      transfer.status === "manual_review" ||
      (transfer.status === "succeeded" && outcome === "returned")
    if (!mayResolve) {
      throw stateForbids(transfer, change)
    }
    const { now } = transaction
    const next_check_at = outcome === "succeeded" ? (nextLook(now, now) ?? null) : null
    return await moveTransfer(
      transaction,
      transfer,
      {
        to: outcome,
        actor: handOf(actor),
        reason: note,
        change: { next_check_at, ...(gateway_id ? { gateway_id } : {}) },
      },
      change
    )
  })
}
