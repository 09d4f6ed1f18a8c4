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
    .orderByRaw(status === "awaiting_approval" ? countedFrom : "updated_at")
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
  const rows = await pending().orderBy("created_at").limit(limit)
  return { count, beneficiaries: rows.map(toBeneficiary) }
}
