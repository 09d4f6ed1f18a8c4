import { notAllowed } from "../../../shared/medusa-error"
import { accountOf } from "../beneficiaries/account-of"
import { PayoutConflict, stateForbids } from "../conflict"
import type { PayoutContext } from "../payout-context"
import { handOf, type Actor } from "../payouts"
import { approvalSeal } from "../sealing/approval-seal"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { lockName, lockNames } from "../store/locks"
import { spentSince } from "../store/spent"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer, transferOf } from "../store/transfers"
import type { Transfer, TransferApproval } from "../transfer"
import { startOfDay } from "./day-start"
import { approvalBlocker, unseenEdit } from "./decide-approval"
import { overDayLimit, overTransferLimit } from "./judge-wish"

/** From here on its amount, currency and account are frozen; see `PayoutModuleService.approveTransfer`. */
export async function approveTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  { note, beneficiary_version_id: seen }: TransferApproval = {}
): Promise<Transfer> {
  const { options, keys } = context
  // What the locks are named by never changes.
  const { beneficiary_id, currency_code } = await transferOf(context.database, id)
  return await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    await lockNames(transaction, [lockName.currency(currency_code)])
    // Nobody edits it between what is sealed here and the commit.
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "awaiting_approval") {
      throw stateForbids(transfer, "be approved")
    }
    const blocker =
      approvalBlocker(transfer, beneficiary, actor, options) ??
      overTransferLimit(transfer, options.limits) ??
      overDayLimit(
        transfer,
        await spentSince(query, currency_code, startOfDay(now, options.timeZone)),
        options.limits
      )
    if (blocker !== undefined) {
      throw notAllowed(blocker)
    }
    const unseen = unseenEdit(transfer, beneficiary, seen)
    if (unseen !== undefined) {
      throw new PayoutConflict(unseen)
    }
    const version = await versionOf(query, beneficiary.version_id)
    const { reference, provider_id, amount } = transfer
    const account = accountOf(keys, version)
    return await moveTransfer(transaction, transfer, {
      to: "approved",
      actor: handOf(actor),
      reason: note ?? null,
      change: {
        beneficiary_version_id: version.id,
        edited_from_version_id: null,
        approval_seal: approvalSeal(keys, {
          reference,
          provider_id,
          account,
          amount,
          currency_code,
        }),
        approved_by: actor.id,
        approved_at: now,
        next_check_at: now,
      },
    })
  })
}
