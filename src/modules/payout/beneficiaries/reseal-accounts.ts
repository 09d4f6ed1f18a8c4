import type { PayoutContext } from "../payout-context"
import { BrokenSealError, sealAccount } from "../sealing/account-seal"
import { fillInAccount, lockSealedOtherwise } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { accountOf } from "./account-of"

/** @returns how many accounts were sealed anew @throws MissingKeyError where an old key is gone already */
export async function resealAccounts(context: PayoutContext, limit: number): Promise<number> {
  const { keys, log } = context
  return await inTransaction(context, async (transaction) => {
    const { id: keyId } = keys.present("account")
    const versions = await lockSealedOtherwise(transaction, keyId, limit)
    let resealed = 0
    for (const version of versions) {
      try {
        const sealed = sealAccount(keys, version.id, accountOf(keys, version))
        await fillInAccount(transaction, version.id, sealed)
        resealed += 1
      } catch (error) {
        if (!(error instanceof BrokenSealError)) {
          throw error
        }
        log.error(error.message)
      }
    }
    return resealed
  })
}
