import { invalidData } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { type CodedText, personsWords, type Reason } from "../domain/reason"
import type { Transfer } from "../domain/transfer"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer } from "../store/transfers"

/** @throws PayoutConflict where it does not wait for an approval */
export async function rejectTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  why: string | CodedText
): Promise<Transfer> {
  requirePerson(actor, "reject", context.options)
  const reason = reasonOf(why)
  if (reason === null || reason.text.trim() === "") {
    throw invalidData("Say why the transfer is rejected: whoever made it has to know", {
      code: "note_missing",
    })
  }
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const step = { to: "rejected", actor: handOf(actor), reason } as const
    return await moveTransfer(transaction, transfer, step, "be rejected")
  })
}

/**
 * What waits for an approval is taken back by whoever made it; from anybody else that is a rejection.
 *
 * @throws PayoutConflict where it is not approved, or is being sent or was sent
 * @throws MedusaError forbidden to a secret key that was not made by whoever made the transfer
 */
export async function cancelTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  why?: string | CodedText
): Promise<Transfer> {
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const isOwn = actor.type !== "system" && actor.id === transfer.created_by
    if (transfer.status === "awaiting_approval" && !isOwn) {
      requirePerson(actor, "reject", context.options)
    }
    const step = {
      to: "canceled",
      actor: handOf(actor),
      reason: reasonOf(why),
      change: { next_check_at: null },
    } as const
    return await moveTransfer(transaction, transfer, step, "be canceled")
  })
}

function reasonOf(why: string | CodedText | undefined): Reason | null {
  return typeof why === "object" ? why : personsWords(why)
}
