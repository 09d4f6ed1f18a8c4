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

type Sample = { id: string; encrypted_account: string; key_id: string }

/**
 * By one row of each key. Length and form of a key are checked with the options.
 *
 * @param shop whose payout options can be used
 */
export async function checkKeys(
  { config, source }: Pick<Shop, "config" | "source">,
  database: Knex
): Promise<Diagnostic[]> {
  const keys = new KeyRing(parsePayoutOptions(payoutModuleOptions(config)).encryption)
  const place = pluginPlace(source, "options.payouts.encryption.keys")
  const samples: Sample[] = await database("payout_beneficiary_version")
    .distinctOn("key_id")
    .whereNotNull("encrypted_account")
    .whereNotNull("key_id")
    .orderBy("key_id")
    .orderBy("created_at", "desc")
    .select("id", "encrypted_account", "key_id")
  const ofFiles: string[] = await database("payout_file").distinct("key_id").pluck("key_id")
  const problems = [
    ...samples.flatMap((sample) => accountProblem(keys, sample)),
    ...ofFiles.flatMap((id) => missingKey(keys, id, "Files for a bank are")),
  ]
  if (problems.length > 0) {
    return problems.map((message) =>
      diagnostic("keys", "fault", message, {
        place,
        remedy:
          "Put the key back under its name; an old one is kept until nothing is encrypted with it",
      })
    )
  }
  const used = new Set([...samples.map(({ key_id }) => key_id), ...ofFiles])
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

function accountProblem(keys: KeyRing, { id, ...encrypted }: Sample): string[] {
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
