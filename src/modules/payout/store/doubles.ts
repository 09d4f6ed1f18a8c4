import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { toTransfer, type Transfer } from "../transfer"
import { isFinalState, transferStates, type TransferState } from "../transfer-state"
import { transferTable } from "./transfers"

/** What may still be paid, or may have been: the same payment as long as it is so, whenever it was made. */
const open = transferStates.filter((state) => !isFinalState(state) && state !== "succeeded")

/** What was paid; the other states paid nothing, and will not. */
const paid: readonly TransferState[] = ["succeeded", "returned"]

/**
 * Transfers to these beneficiaries that may be the same payment as a new one: those that are open, and those that
 * were paid, or took any other step, since then; the newest last. A row's `updated_at` is its last step, so that what
 * was made, approved or submitted since then is among them.
 */
export async function openOrPaidSince(
  database: Knex,
  beneficiaryIds: readonly string[],
  since: Date
): Promise<Transfer[]> {
  const rows = await database(transferTable)
    .whereIn("beneficiary_id", beneficiaryIds)
    .where((either) =>
      either
        .whereIn("status", open)
        .orWhere((lately) => lately.whereIn("status", paid).where("updated_at", ">", since))
    )
    .orderBy(["created_at", "id"])
  return rows.map(toTransfer)
}
