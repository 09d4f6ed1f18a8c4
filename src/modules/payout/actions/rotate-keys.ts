import type { PayoutContext } from "../context"
import { encryptAccount } from "../crypto/accounts"
import { encryptText } from "../crypto/encryption"
import { type KeyRing, MissingKeyError } from "../crypto/keys"
import { openStates } from "../domain/duplicates"
import type { PayoutFile } from "../domain/payout-file"
import { beneficiariesOf, fillInAccount, lockEncryptedOtherwise } from "../store/beneficiaries"
import { encryptFileAnew, lockFilesEncryptedOtherwise } from "../store/files"
import { type NeededKey, neededKeys } from "../store/keys"
import { inTransaction } from "../store/transaction"
import { fileContent } from "./download-file"
import { digestsAnew, readableAccount } from "./payee"

/**
 * @returns how many accounts and files were encrypted anew; one that can't be read, such as with a key that is gone, is
 * logged and left, and holds up no other one
 */
export async function rotateKeys(context: PayoutContext, limit: number): Promise<number> {
  if (!context.options.encryption) {
    return 0
  }
  const accounts = await rotateAccounts(context, limit)
  return accounts + (await rotateFiles(context, limit - accounts))
}

async function rotateAccounts(context: PayoutContext, limit: number): Promise<number> {
  const { keys, log } = context
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
        await fillInAccount(transaction, version.id, {
          ...encryptAccount(keys, version.id, account),
          ...(owner ? digestsAnew(context, owner, version, account) : {}),
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

/** One at a time: each holds the accounts of up to a thousand payees. */
async function rotateFiles(context: PayoutContext, limit: number): Promise<number> {
  const { keys, log } = context
  const { id: keyId } = keys.present("file")
  let rotated = 0
  for (let after = ""; rotated < limit;) {
    const next = await inTransaction(context, async (transaction) => {
      const [file] = await lockFilesEncryptedOtherwise(transaction, keyId, after, 1)
      if (!file) {
        return undefined
      }
      const { id, message_id } = file
      const content = readableFile(keys, file)
      if (content === undefined) {
        log.error(
          `The payout file ${message_id} can't be encrypted with the new key: its own key "${file.key_id}" is not in ` +
            "the option payouts.encryption.keys, or the row was changed"
        )
        return { id, isDone: false }
      }
      const anew = encryptText(keys, "file", id, content.toString("utf8"))
      const change = { encrypted_content: anew.encrypted, key_id: anew.keyId }
      await encryptFileAnew(transaction, id, change)
      return { id, isDone: true }
    })
    if (!next) {
      return rotated
    }
    after = next.id
    rotated += next.isDone ? 1 : 0
  }
  return rotated
}

function readableFile(keys: KeyRing, file: PayoutFile): Buffer | undefined {
  try {
    return fileContent(keys, file)
  } catch (error) {
    if (error instanceof MissingKeyError) {
      return undefined
    }
    throw error
  }
}

/**
 * The keys of the option `encryption` beside the present one, and what still needs each: a key that nothing needs can be
 * taken out of the options.
 */
export async function oldKeys({ database, options }: PayoutContext): Promise<NeededKey[]> {
  const { encryption } = options
  const old = Object.keys(encryption?.keys ?? {}).filter((id) => id !== encryption?.keyId)
  if (old.length === 0) {
    return []
  }
  const needed = await neededKeys(database, openStates)
  return old.map(
    (key_id) =>
      needed.find((one) => one.key_id === key_id) ?? { key_id, accounts: 0, files: 0, approvals: 0 }
  )
}
