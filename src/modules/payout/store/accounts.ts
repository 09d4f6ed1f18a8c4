import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { transferTable } from "./transfers"

/** What became of accounts, by their keyed digests: see crypto/digests.ts. */

const versionTable = "payout_beneficiary_version"

/** Those of them that a transfer has reached. */
export async function paidAccounts(
  database: Knex,
  digests: readonly string[]
): Promise<Set<string>> {
  const paid = await database({ version: versionTable })
    .join({ transfer: transferTable }, "transfer.beneficiary_version_id", "version.id")
    .whereIn("version.account_digest", digests)
    .where("transfer.status", "succeeded")
    .distinct()
    .pluck("version.account_digest")
  return new Set(paid)
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

/** When an edit last made each of them the account of a beneficiary; those that no edit did are left out. */
export async function accountChanges(
  database: Knex,
  digests: readonly string[]
): Promise<Map<string, Date>> {
  const rows: { account_digest: string; changed_at: Date }[] = await database(versionTable)
    .whereIn("account_digest", digests)
    .whereNotNull("account_changed_at")
    .groupBy("account_digest")
    .select("account_digest", database.raw("max(account_changed_at) as changed_at"))
  return new Map(rows.map((row) => [row.account_digest, new Date(row.changed_at)]))
}
