/**
 * What one server has to itself for a while: it takes over transfers to ask about them, and renews those and the one that
 * it sends. That one it claims in `actions/claim-to-send.ts`.
 */

import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { chosenBy } from "../../../shared/database"
import type { TransferState } from "../domain/state"
import { toTransfer, type Transfer } from "../domain/transfer"
import { transferTable } from "./transfers"

/** What the jobs ask about; for `submitting` the time has come when whoever sends it has had enough of it. */
const askedByThemselves: readonly TransferState[] = [
  "submitting",
  "processing",
  "unknown",
  "not_found",
  "succeeded",
  // While its gateway can't be asked: its provider is not in the config, or its account's key is gone.
  "manual_review",
  // For a week, where a person said so.
  "failed",
  "returned",
]

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
    .where(chosenBy("id", ids))
    .update({ next_check_at: again })
    .returning("*")
  return rows.map(toTransfer)
}

/** Until when a transfer is left to the server that sends it; undefined where it is not any more. */
export async function renewSending(
  database: Knex,
  id: string,
  until: Date,
  leaseEnd: Date
): Promise<Date | undefined> {
  const renewed = await database(transferTable)
    .where({ id, status: "submitting", lease_expires_at: until })
    .update({ lease_expires_at: leaseEnd, next_check_at: leaseEnd })
  return renewed > 0 ? leaseEnd : undefined
}

/** Until when those of one claim are left to it; undefined where none of them is any more. */
export async function renewAsking(
  database: Knex,
  ids: readonly string[],
  until: Date,
  again: Date
): Promise<Date | undefined> {
  const renewed = await database(transferTable)
    .whereIn("id", ids)
    .where({ next_check_at: until })
    .update({ next_check_at: again })
  return renewed > 0 ? again : undefined
}
