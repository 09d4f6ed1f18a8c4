import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type Beneficiary, toBeneficiary } from "../domain/beneficiary"
import type { TransferState } from "../domain/state"
import { toTransfer, type Transfer } from "../domain/transfer"
import { transferTable } from "./transfers"

/** What people are told of once a day; each list has so many at most, the counts tell all. */

type CurrencySum = {
  currency_code: string
  count: number
  /** Exact, major units. */
  amount: string
}

/** Which of those that are in a state. */
export type DigestFilter = {
  /** When they took their last step. */
  since?: Date
  /** When the days of their approval began to count, which is not before the day that they are for; see `expiryOf`. */
  countedBefore?: Date
  /** The day before which the bank was to pay the file that they are in, such as `2026-12-01`. */
  payableBefore?: string
}

export async function sumsInState(
  database: Knex,
  status: TransferState,
  filter: DigestFilter = {}
): Promise<CurrencySum[]> {
  return await inState(database, status, filter)
    .groupBy("currency_code")
    .orderBy("currency_code")
    .select("currency_code")
    .select(database.raw("count(*)::int as count"), database.raw("sum(amount)::text as amount"))
}

/** Those first that have been in it longest; of what waits for an approval, what expires first. */
export async function transfersInState(
  database: Knex,
  status: TransferState,
  limit: number,
  filter: DigestFilter = {}
): Promise<Transfer[]> {
  const rows = await inState(database, status, filter)
    .orderByRaw(`${status === "awaiting_approval" ? countedFrom : "updated_at"}, id`)
    .limit(limit)
    .select("*")
  return rows.map(toTransfer)
}

/** When the days of an approval begin to count, as `expiryOf` has it: PostgreSQL leaves out a send_at that is null. */
const countedFrom = "greatest(updated_at, send_at)"

function inState(
  database: Knex,
  status: TransferState,
  { since, countedBefore, payableBefore }: DigestFilter
) {
  const query = database(transferTable).where({ status })
  if (since) {
    query.where("updated_at", ">", since)
  }
  if (countedBefore) {
    query.where(database.raw(countedFrom), "<", countedBefore)
  }
  if (payableBefore !== undefined) {
    const files = database("payout_file").select("id").where("execution_date", "<", payableBefore)
    query.whereIn("file_id", files)
  }
  return query
}

/** Those that have been waiting longest first. */
export async function pendingBeneficiaries(
  database: Knex,
  limit: number
): Promise<{ count: number; beneficiaries: Beneficiary[] }> {
  const pending = () => database("payout_beneficiary").where({ status: "pending" })
  const [{ count } = { count: 0 }] = await pending().select(database.raw("count(*)::int as count"))
  const rows = await pending().orderBy(["created_at", "id"]).limit(limit)
  return { count, beneficiaries: rows.map(toBeneficiary) }
}

/** An account that an edit made another one; both by their last places. */
export type ChangedAccount = {
  beneficiary_id: string
  provider_id: string
  name: string
  version: number
  version_id: string
  account_hint: string | null
  account_hint_before: string | null
  changed_fields: string[]
  changed_by: string
  changed_at: Date
}

/** What was changed after a time, the first change first. */
export async function changedAccounts(
  database: Knex,
  since: Date,
  limit: number
): Promise<{ count: number; accounts: ChangedAccount[] }> {
  // A later version that kept the account keeps the time of its change, too.
  const changed = () =>
    database({ version: "payout_beneficiary_version" })
      .join({ before: "payout_beneficiary_version" }, (join) =>
        join
          .on("before.beneficiary_id", "version.beneficiary_id")
          .on("before.version", database.raw("version.version - 1"))
      )
      .where("version.account_changed_at", ">", since)
      .whereRaw("before.account_changed_at is distinct from version.account_changed_at")
  const [{ count } = { count: 0 }] = await changed().select(database.raw("count(*)::int as count"))
  const accounts: ChangedAccount[] = await changed()
    .join({ beneficiary: "payout_beneficiary" }, "beneficiary.id", "version.beneficiary_id")
    .orderBy(["version.created_at", "version.id"])
    .limit(limit)
    .select("version.beneficiary_id", "beneficiary.provider_id", "version.name")
    .select("version.version", "version.account_hint", "version.changed_fields")
    .select({
      version_id: "version.id",
      account_hint_before: "before.account_hint",
      changed_by: "version.edited_by",
      changed_at: "version.account_changed_at",
    })
  return { count, accounts }
}
