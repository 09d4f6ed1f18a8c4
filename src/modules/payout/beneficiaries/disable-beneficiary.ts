import type { Beneficiary } from "../beneficiary"
import type { PayoutContext } from "../payout-context"
import { handOf, type Actor } from "../payouts"
import { addAuditLine } from "../store/audit-lines"
import { lockBeneficiary, updateBeneficiary } from "../store/beneficiaries"
import { lockApprovedOf } from "../store/due-transfers"
import { inTransaction } from "../store/transaction"
import { moveTransfer } from "../store/transfers"

/** Nothing is sent to it any more, from the moment this is committed. One that is disabled stays so. */
export async function disableBeneficiary(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason?: string
): Promise<Beneficiary> {
  return await inTransaction(context, async (transaction) => {
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    if (beneficiary.status === "disabled") {
      return beneficiary
    }
    for (const transfer of await lockApprovedOf(transaction.query, id)) {
      await moveTransfer(transaction, transfer, {
        to: "canceled",
        actor: handOf(actor),
        reason: reason ? `Its beneficiary was disabled: ${reason}` : "Its beneficiary was disabled",
        change: { next_check_at: null },
      })
    }
    const line = { actor: handOf(actor), action: "disabled", note: reason ?? null }
    await addAuditLine(transaction.query, transaction, id, line)
    return await updateBeneficiary(transaction, id, { status: "disabled", reason: reason ?? null })
  })
}
