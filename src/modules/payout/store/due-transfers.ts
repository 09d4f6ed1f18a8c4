import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { toTransfer, type Transfer } from "../transfer"
import type { TransferState } from "../transfer-state"
import { transferTable } from "./transfers"

/** What the jobs ask about; for `submitting` the time has come when whoever sends it has had enough of it. */
const askedByThemselves: readonly TransferState[] = [
  "submitting",
  "processing",
  "unknown",
  "not_found",
  "succeeded",
]

/** Approved ones whose time has come, the longest due first. They are taken one by one when they are sent. */
export async function dueToSend(database: Knex, now: Date, limit: number): Promise<string[]> {
  return await database(transferTable)
    .where({ status: "approved" })
    .where("next_check_at", "<=", now)
    .orderBy("next_check_at")
    .limit(limit)
    .pluck("id")
}

export async function postponeSending(database: Knex, id: string, until: Date): Promise<void> {
  await database(transferTable).where({ id, status: "approved" }).update({ next_check_at: until })
}

/**
 * Takes those over whose time to be asked about has come: one statement, so that of two servers each gets
 * others. They are due again at `again`, unless what was heard says otherwise.
 */
export async function claimToAsk(
  database: Knex,
  now: Date,
  limit: number,
  again: Date
): Promise<Transfer[]> {
  const ids = database(transferTable)
    .select("id")
    .whereIn("status", askedByThemselves)
    .where("next_check_at", "<=", now)
    .orderBy("next_check_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const rows = await database(transferTable)
    .whereIn("id", ids)
    .update({ next_check_at: again })
    .returning("*")
  return rows.map(toTransfer)
}

/** Locked, those that have been waiting for an approval since before `since`; what another holds is skipped. */
export async function lockUnapproved(
  query: Knex.Transaction,
  since: Date,
  limit: number
): Promise<Transfer[]> {
  const rows = await query(transferTable)
    .where({ status: "awaiting_approval" })
    .where("updated_at", "<", since)
    .orderBy("updated_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return rows.map(toTransfer)
}

/**
 * What only a person can bring on: what asking can't settle, and what is held because it looks like another one. Of
 * each so many, those first that came to it last.
 */
export async function waitingForPerson(database: Knex, limit: number): Promise<Transfer[]> {
  const lastFirst = (status: TransferState) =>
    database(transferTable).where({ status }).orderBy("updated_at", "desc").limit(limit)
  const unsettled = await lastFirst("manual_review")
  const held = await lastFirst("awaiting_approval").whereNotNull("same_as_id")
  return [...unsettled, ...held].map(toTransfer)
}

/**
 * Those that wait for an approval point at the beneficiary's newest version from now on, and keep in mind the one
 * that they were made, or last approved, with. It does not put off when they expire.
 */
export async function pointWaitingAt(
  query: Knex.Transaction,
  beneficiaryId: string,
  versionId: string
): Promise<void> {
  await query(transferTable)
    .where({ beneficiary_id: beneficiaryId, status: "awaiting_approval" })
    .update({
      edited_from_version_id: query.raw("coalesce(edited_from_version_id, beneficiary_version_id)"),
      beneficiary_version_id: versionId,
    })
}

/** Locked, by their ids. */
export async function lockApprovedOf(
  query: Knex.Transaction,
  beneficiaryId: string
): Promise<Transfer[]> {
  const rows = await query(transferTable)
    .where({ beneficiary_id: beneficiaryId, status: "approved" })
    .orderBy("id")
    .forUpdate()
  return rows.map(toTransfer)
}
