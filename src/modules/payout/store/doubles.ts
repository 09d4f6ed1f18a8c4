import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Transfer } from "../transfer"
import type { TransferState } from "../transfer-state"
import { toTransfer } from "./rows"
import { transferTable } from "./transfers"

/** What surely did not pay, and will not. */
const paidNothing: readonly TransferState[] = ["rejected", "expired", "canceled", "failed"]

/** Transfers to these beneficiaries that were made since then and paid, or still may; the newest last. */
export async function madeSince(
  database: Knex,
  beneficiaryIds: readonly string[],
  since: Date
): Promise<Transfer[]> {
  const rows = await database(transferTable)
    .whereIn("beneficiary_id", beneficiaryIds)
    .where("created_at", ">", since)
    .whereNotIn("status", paidNothing)
    .orderBy(["created_at", "id"])
  return rows.map(toTransfer)
}
