import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { BeneficiaryVersion } from "../domain/beneficiary"
import { transferTable } from "./transfers"

/** What became of accounts, by their keyed digests: see crypto/digests.ts. */

const versionTable = "payout_beneficiary_version"

/** A number, and the bank that it is at; null where that is not known. */
type Account = Pick<BeneficiaryVersion, "bank_digest"> & { account_digest: string }

/** Those of them that a transfer has reached, at each bank. */
export async function paidAccounts(database: Knex, digests: readonly string[]): Promise<Account[]> {
  return await database({ version: versionTable })
    .join({ transfer: transferTable }, "transfer.beneficiary_version_id", "version.id")
    .whereIn("version.account_digest", digests)
    .where("transfer.status", "succeeded")
    .distinct("version.account_digest", "version.bank_digest")
}

export async function paidBeneficiaries(
  database: Knex,
  ids: readonly string[]
): Promise<Set<string>> {
  const paid = await database(transferTable)
    .whereIn("beneficiary_id", ids)
    .where("status", "succeeded")
    .distinct()
    .pluck("beneficiary_id")
  return new Set(paid)
}

/** When an edit last made each of them, at each bank, the account of a beneficiary; those that no edit did are left out. */
export async function accountChanges(
  database: Knex,
  digests: readonly string[]
): Promise<(Account & { changed_at: Date })[]> {
  const rows: (Account & { changed_at: Date })[] = await database(versionTable)
    .whereIn("account_digest", digests)
    .whereNotNull("account_changed_at")
    .groupBy("account_digest", "bank_digest")
    .select("account_digest", "bank_digest", database.raw("max(account_changed_at) as changed_at"))
  return rows.map((row) => ({ ...row, changed_at: new Date(row.changed_at) }))
}
