import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type GivenApproval, toApproval } from "../domain/transfer"
import type { PayoutTransaction } from "./transaction"

const table = "payout_approval"

/** PostgreSQL takes 65,535 values in one statement. */
const rowsPerInsert = 500

/** Those that count, by their transfers, the first given first. */
export async function standingApprovals(
  database: Knex,
  transferIds: readonly string[]
): Promise<Map<string, GivenApproval[]>> {
  const rows = await database(table)
    .whereIn("transfer_id", transferIds)
    .whereNull("voided_at")
    .orderBy(["created_at", "id"])
  const given = new Map<string, GivenApproval[]>()
  for (const approval of rows.map(toApproval)) {
    given.set(approval.transfer_id, [...(given.get(approval.transfer_id) ?? []), approval])
  }
  return given
}

export type NewApproval = Omit<GivenApproval, "id" | "voided_at" | "created_at">

export async function insertApprovals(
  { query, now, newUlid }: PayoutTransaction,
  approvals: readonly NewApproval[]
): Promise<void> {
  for (let at = 0; at < approvals.length; at += rowsPerInsert) {
    await query(table).insert(
      approvals.slice(at, at + rowsPerInsert).map((approval) => ({
        id: `poapp_${newUlid()}`,
        ...approval,
        created_at: now,
        updated_at: now,
      }))
    )
  }
}

/** They count no more: what would be paid is not what was approved, or nobody sent it in time. */
export async function voidApprovals(
  query: Knex,
  now: Date,
  transferIds: readonly string[]
): Promise<void> {
  await query(table)
    .whereIn("transfer_id", transferIds)
    .whereNull("voided_at")
    .update({ voided_at: now, updated_at: now })
}
