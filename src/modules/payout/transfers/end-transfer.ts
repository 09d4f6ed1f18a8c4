import { invalidData } from "../../../shared/medusa-error"
import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../payout-context"
import { handOf, type Actor } from "../payouts"
import { lockUnapproved } from "../store/due-transfers"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer } from "../store/transfers"
import type { Transfer } from "../transfer"

/** @throws PayoutConflict where it does not wait for an approval */
export async function rejectTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason: string
): Promise<Transfer> {
  if (reason.trim() === "") {
    throw invalidData("Say why the transfer is rejected: whoever made it has to know")
  }
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const step = { to: "rejected", actor: handOf(actor), reason } as const
    return await moveTransfer(transaction, transfer, step, "be rejected")
  })
}

/** @throws PayoutConflict where it is not approved, or is being sent or was sent */
export async function cancelTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason?: string
): Promise<Transfer> {
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const step = {
      to: "canceled",
      actor: handOf(actor),
      reason: reason ?? null,
      change: { next_check_at: null },
    } as const
    return await moveTransfer(transaction, transfer, step, "be canceled")
  })
}

const expiredAtOnce = 500
const dayMs = 24 * 60 * 60_000

/** @returns how many waited too long for an approval */
export async function expireApprovals(context: PayoutContext): Promise<number> {
  const days = context.options.approvalExpiresInDays
  for (let expired = 0; ;) {
    const some = await inTransaction(context, async (transaction) => {
      const { query, now } = transaction
      const waiting = await lockUnapproved(
        query,
        new Date(now.getTime() - days * dayMs),
        expiredAtOnce
      )
      for (const transfer of waiting) {
        await moveTransfer(transaction, transfer, {
          to: "expired",
          actor: systemActor,
          reason: `Nobody approved it within ${days} days`,
        })
      }
      return waiting.length
    })
    expired += some
    if (some < expiredAtOnce) {
      return expired
    }
  }
}
