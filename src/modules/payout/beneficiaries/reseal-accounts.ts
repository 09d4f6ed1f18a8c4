import type { PayoutContext } from "../payout-context"
import { sealAccount } from "../sealing/account-seal"
import { fillInAccount, lockSealedOtherwise } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { accountOf } from "./account-of"

/** @returns how many accounts were sealed anew @throws MissingKeyError where an old key is gone already */
export async function resealAccounts(context: PayoutContext, limit: number): Promise<number> {
  const { keys } = context
  return await inTransaction(context, async (transaction) => {
    const { id: keyId } = keys.present("account")
    const versions = await lockSealedOtherwise(transaction, keyId, limit)
    for (const version of versions) {
      const account = accountOf(keys, version)
      await fillInAccount(transaction, version.id, sealAccount(keys, version.id, account))
    }
    return versions.length
  })
}
