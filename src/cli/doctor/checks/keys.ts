/** The keys that the accounts of payouts are encrypted with: whether all that is stored can still be read. */

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ConfigModule } from "@medusajs/framework/types"
import { decryptAccount } from "../../../modules/payout/crypto/accounts"
import { KeyRing, MissingKeyError } from "../../../modules/payout/crypto/keys"
import { parsePayoutOptions } from "../../../modules/payout/options"
import { PAYOUT_MODULE } from "../../../modules/payout/provider"
import { isPlainObject } from "../../../shared/validation"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic } from "../diagnostic"
import { pluginPlace } from "../places"

/** One encrypted row of each key. */
export type Encrypted = {
  /** Versions of beneficiaries: their accounts. */
  accounts: readonly { id: string; encrypted_account: string; key_id: string }[]
  /** The names of the keys of files for a bank. */
  fileKeys: readonly string[]
}

/**
 * By one row of each key. Length and form of a key are checked with the options.
 *
 * @param shop whose payout options can be used
 */
export async function checkKeys(
  { config, source }: Pick<Shop, "config" | "source">,
  database: Knex
): Promise<Diagnostic[]> {
  const accounts: Encrypted["accounts"] = await database("payout_beneficiary_version")
    .distinctOn("key_id")
    .whereNotNull("encrypted_account")
    .whereNotNull("key_id")
    .orderBy("key_id")
    .orderBy("created_at", "desc")
    .select("id", "encrypted_account", "key_id")
  const fileKeys: string[] = await database("payout_file").distinct("key_id").pluck("key_id")
  const keys = new KeyRing(parsePayoutOptions(payoutModuleOptions(config)).encryption)
  return readWith(keys, { accounts, fileKeys }, source)
}

/** Whether what is encrypted can be read with these keys. */
export function readWith(
  keys: KeyRing,
  { accounts, fileKeys }: Encrypted,
  source: Shop["source"]
): Diagnostic[] {
  const problems = [
    ...accounts.flatMap((account) => accountProblem(keys, account)),
    ...fileKeys.flatMap((id) => missingKey(keys, id, "Files for a bank are")),
  ]
  if (problems.length > 0) {
    const { file, line, option } = pluginPlace(source, "options.payouts.encryption.keys")
    return problems.map((message) =>
      diagnostic("keys", "fault", message, {
        place: { file, line, option },
        remedy:
          "Put the key back under its name; an old one is kept until nothing is encrypted with it",
      })
    )
  }
  const used = new Set([...accounts.map(({ key_id }) => key_id), ...fileKeys])
  return [
    used.size === 0
      ? diagnostic("keys", "ok", "Nothing is encrypted yet")
      : diagnostic("keys", "ok", `What is encrypted can be read, by ${used.size} key(s)`),
  ]
}

export function payoutModuleOptions({ modules }: Pick<ConfigModule, "modules">): unknown {
  const module: unknown = modules?.[PAYOUT_MODULE]
  return isPlainObject(module) ? module.options : undefined
}

function accountProblem(
  keys: KeyRing,
  { id, ...encrypted }: Encrypted["accounts"][number]
): string[] {
  try {
    decryptAccount(keys, id, encrypted)
    return []
  } catch (error) {
    return error instanceof MissingKeyError
      ? missingKey(keys, encrypted.key_id, "Accounts of payees are")
      : [
          `The account of the beneficiary version ${id} can't be read with the key "${encrypted.key_id}": the key is ` +
            "another one than it was, or the row was changed",
        ]
  }
}

function missingKey(keys: KeyRing, id: string, what: string): string[] {
  try {
    keys.named(id, "account")
    return []
  } catch {
    return [`${what} encrypted with the key "${id}", which the options do not have`]
  }
}
