import type { Beneficiary, BeneficiaryVersion } from "../beneficiary"
import type { PayoutContext } from "../payout-context"
import type { PayoutAccount } from "../payout-provider"
import { handOf, type Actor } from "../payouts"
import { insertVersion, updateBeneficiary } from "../store/beneficiaries"
import { lockApprovedOf, pointWaitingAt } from "../store/due-transfers"
import type { PayoutTransaction } from "../store/transaction"
import { moveTransfer } from "../store/transfers"
import { voidApproval } from "../transfers/void-approval"
import { accountColumns } from "./account-columns"

type Said = Pick<BeneficiaryVersion, "name" | "kind" | "email" | "phone" | "shop_name">

/**
 * Writes down what a locked beneficiary says from now on, and takes back what was approved for what it said
 * before and is not sent yet. What waits for an approval shows the new version from now on.
 *
 * @param account in the clear; undefined where none is known
 */
export async function writeNextVersion(
  context: PayoutContext,
  transaction: PayoutTransaction,
  beneficiary: Beneficiary,
  next: {
    said: Said
    account: PayoutAccount | undefined
    status: Beneficiary["status"]
    reason: string | null
    editor: Actor
  }
): Promise<Beneficiary> {
  const { accountFields } = context.providers.get(beneficiary.provider_id).capabilities
  const version = beneficiary.version + 1
  const version_id = `pover_${transaction.newUlid()}`
  const sealed = accountColumns(context.keys, version_id, next.account, accountFields)
  await insertVersion(transaction, {
    id: version_id,
    beneficiary_id: beneficiary.id,
    version,
    ...next.said,
    ...sealed,
    edited_by: next.editor.id,
  })
  for (const transfer of await lockApprovedOf(transaction.query, beneficiary.id)) {
    const reason = `Its beneficiary was edited: version ${version} has to be approved anew`
    await moveTransfer(transaction, transfer, voidApproval(handOf(next.editor), reason))
  }
  await pointWaitingAt(transaction.query, beneficiary.id, version_id)
  return await updateBeneficiary(transaction, beneficiary.id, {
    ...next.said,
    version,
    version_id,
    account_hint: sealed.account_hint,
    status: next.status,
    reason: next.reason,
    edited_by: next.editor.id,
  })
}
