import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import type { Beneficiary } from "../domain/beneficiary"
import { openStates } from "../domain/duplicates"
import {
  addAuditLine,
  allVersionsOf,
  eraseVersion,
  lockBeneficiary,
  updateBeneficiary,
} from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { transfersTo } from "../store/transfers"

/**
 * What was erased of a beneficiary.
 * - `erased`: all that said who they are
 * - `kept_for_books`: what they were paid by stays, the name and the account of each version that a transfer names; the rest
 *   was erased
 * - `under_way`: nothing was erased, because a payout to them has not ended
 */
export type BeneficiaryErasure = { id: string; result: "erased" | "kept_for_books" | "under_way" }

/** What stands in the place of a name. */
const erasedName = "erased"

/** Disables a beneficiary and erases what the shop's books do not need. Run again it does what is left. */
export async function eraseBeneficiary(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<BeneficiaryErasure> {
  return await inTransaction(context, async (transaction) => {
    const { query } = transaction
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    const transfers = await transfersTo(query, id)
    if (transfers.some(({ status }) => openStates.includes(status))) {
      return { id, result: "under_way" }
    }
    const named = new Set(
      transfers.flatMap((one) => [one.beneficiary_version_id, one.edited_from_version_id])
    )
    for (const version of await allVersionsOf(query, id)) {
      await eraseVersion(transaction, version.id, named.has(version.id) ? {} : erasedIdentity)
    }
    const isNamed = named.has(beneficiary.version_id)
    await updateBeneficiary(transaction, id, {
      ...erasedContact,
      ...(isNamed ? {} : { name: erasedName, account_hint: null }),
      status: "disabled",
      reason: null,
    })
    const result = transfers.length === 0 ? "erased" : "kept_for_books"
    await addAuditLine(query, transaction, id, {
      actor: handOf(actor),
      action: "erased",
      note:
        result === "erased"
          ? null
          : { text: "But what transfers were paid by", code: "kept_for_payments" },
    })
    return { id, result }
  })
}

const erasedIdentity = {
  name: erasedName,
  encrypted_account: null,
  key_id: null,
  account_hint: null,
  account_digest: null,
  bank_digest: null,
} as const

const erasedContact = {
  email: null,
  phone: null,
  shop_name: null,
  identity_hints: {},
  external_id: null,
  metadata: null,
  request_signature: null,
} satisfies Partial<Beneficiary>
