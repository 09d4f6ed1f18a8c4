import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../context"
import type { CodedText } from "../domain/reason"
import { firstSending } from "../domain/schedule"
import type { Step, Transfer, TransferChange } from "../domain/transfer"
import { inTransaction } from "../store/transaction"
import { lockApprovedBefore, lockUnapproved } from "../store/transfer-queries"
import { moveTransfer } from "../store/transfers"

const expiredAtOnce = 500
const dayMs = 24 * 60 * 60_000

/** How long an approval, or what waits for its day, is good for, in milliseconds: after it a person looks once more. */
const approvalLastsMs = 3 * dayMs

export const approvalIsOver: CodedText = {
  text: "It was to be sent three days ago, and could not be. Approve it anew if it is still to be paid",
  code: "approval_over",
}

/** An approval for a later day is good for that day, and for as long after as another one. */
export function isApprovalOver(
  { approved_at, send_at }: Pick<Transfer, "approved_at" | "send_at">,
  now: Date
): boolean {
  return (
    approved_at === null ||
    now.getTime() - firstSending({ send_at }, approved_at).getTime() > approvalLastsMs
  )
}

/** Approvals that nobody sent, such as while sending was paused or the gateway away, wait for a person again. */
async function voidOldApprovals(context: PayoutContext): Promise<void> {
  await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const since = new Date(now.getTime() - approvalLastsMs)
    for (const transfer of await lockApprovedBefore(query, since, expiredAtOnce)) {
      await moveTransfer(transaction, transfer, voidApproval(systemActor, approvalIsOver))
      context.log.warn(`Payout ${transfer.reference} was not sent: ${approvalIsOver.text}`)
    }
  })
}

/** @returns how many waited too long for an approval */
export async function expireApprovals(context: PayoutContext): Promise<number> {
  await voidOldApprovals(context)
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
          reason: {
            text: `Nobody approved it within ${days} days`,
            code: "nobody_approved",
            details: { days: String(days) },
          },
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

/** Undone with an approval: the day's limit, the signature and who approved. */
const nothingApproved: TransferChange = {
  approval_signature: null,
  approved_by: null,
  approved_at: null,
  next_check_at: null,
}

/** Back to waiting for an approval, from where nothing is sent. */
export function voidApproval(actor: string, reason: CodedText): Step {
  return { to: "awaiting_approval", actor, reason, change: nothingApproved }
}
