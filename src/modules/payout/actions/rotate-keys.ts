import type { PayoutContext } from "../context"
import { encryptAccount } from "../crypto/accounts"
import { accountDigest } from "../crypto/digests"
import { beneficiariesOf, fillInAccount, lockEncryptedOtherwise } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { readableAccount } from "./payee"

/**
 * @returns how many accounts were encrypted anew; one that can't be read, such as with a key that is gone, is logged and
 * left, and holds up no other one
 */
export async function rotateKeys(context: PayoutContext, limit: number): Promise<number> {
  const { keys, log, options, providers } = context
  if (!options.encryption) {
    return 0
  }
  const { id: keyId } = keys.present("account")
  let rotated = 0
  for (let after = ""; rotated < limit;) {
    const versions = await inTransaction(context, async (transaction) => {
      const some = await lockEncryptedOtherwise(transaction, keyId, after, limit - rotated)
      const ids = [...new Set(some.map(({ beneficiary_id }) => beneficiary_id))]
      const owners = await beneficiariesOf(transaction.query, ids, "none")
      for (const version of some) {
        const account = readableAccount(keys, version)
        if (account === undefined) {
          log.error(
            `The account of the beneficiary version ${version.id} can't be encrypted with the new key: its own key ` +
              `"${version.key_id}" is not in the option payouts.encryption.keys, or the row was changed. Add that ` +
              "key again, or enter the account anew"
          )
          continue
        }
        const owner = owners.find(({ id }) => id === version.beneficiary_id)
        const fields = owner && providers.find(owner.provider_id)?.capabilities.accountFields
        await fillInAccount(transaction, version.id, {
          ...encryptAccount(keys, version.id, account),
          ...(owner && fields
            ? { account_digest: accountDigest(keys, account, { ...owner, fields }) }
            : {}),
        })
        rotated += 1
      }
      return some
    })
    const last = versions.at(-1)
    if (!last) {
      return rotated
    }
    after = last.id
  }
  return rotated
}
