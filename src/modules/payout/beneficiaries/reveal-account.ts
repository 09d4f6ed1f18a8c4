import type { PayoutContext } from "../payout-context"
import type { PayoutAccount } from "../payout-provider"
import { handOf, type Actor } from "../payouts"
import { addAuditLine } from "../store/audit-lines"
import { beneficiaryOf, versionOf } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { accountOf } from "./account-of"

/** The audit line is committed before anybody sees the account. */
export async function revealAccount(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<PayoutAccount> {
  return await inTransaction(context, async (transaction) => {
    const { query } = transaction
    const beneficiary = await beneficiaryOf(query, id)
    const account = accountOf(context.keys, await versionOf(query, beneficiary.version_id))
    const note = `Version ${beneficiary.version}`
    await addAuditLine(query, transaction, id, { actor: handOf(actor), action: "revealed", note })
    return account
  })
}
