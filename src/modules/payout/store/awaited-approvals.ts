import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Transfer } from "../domain/transfer"

/** What waits for the approval of a person; `batch_id` is null of a transfer that is in no batch. */
export type Awaited = Pick<Transfer, "id" | "batch_id">

/** What keeps a person from an approval, as far as it stands in the rows of a transfer and its beneficiary. */
export type Bars = {
  actorId: string
  /** When they became an admin, where a second person has to approve; null where anybody may. */
  since: Date | null
  /** Nothing is approved to an account that was changed later. */
  accountChangedBy: Date
}

/** Of which batches; null for what is in none, undefined for all. */
export type OfBatches = readonly string[] | null | undefined

/**
 * What a person is not barred from, what waits longest first; what they gave the first of two approvals comes last.
 *
 * @param limit how many at most
 */
export async function awaitedFrom(
  database: Knex,
  bars: Bars,
  of: OfBatches,
  limit: number
): Promise<Awaited[]> {
  return await notBarred(database, bars, of)
    .orderByRaw("approved_it, transfer.created_at, transfer.id")
    .limit(limit)
}

/** One such transfer of each batch that has any. */
export async function oneOfEachBatch(
  database: Knex,
  bars: Bars,
  limit: number
): Promise<Awaited[]> {
  return await notBarred(database, bars, undefined)
    .whereNotNull("transfer.batch_id")
    .distinctOn("transfer.batch_id")
    .orderByRaw("transfer.batch_id, approved_it, transfer.created_at, transfer.id")
    .limit(limit)
}

function notBarred(
  database: Knex,
  { actorId, since, accountChangedBy }: Bars,
  of: OfBatches
): Knex.QueryBuilder<Record<string, unknown>, Awaited[]> {
  const query = database({ transfer: "payout_transfer" })
    .join({ payee: "payout_beneficiary" }, "payee.id", "transfer.beneficiary_id")
    .where({ "transfer.status": "awaiting_approval", "payee.status": "active" })
    .whereRaw("coalesce(payee.account_changed_at <= ?, true)", [accountChangedBy])
  if (since !== null) {
    query
      .whereNot({ "transfer.created_by": actorId })
      .whereNot({ "payee.edited_by": actorId })
      .where("transfer.created_at", ">=", since)
      .whereRaw(
        "not exists (select from jsonb_each_text(payee.changed_by) as changed where changed.value = ?)",
        [actorId]
      )
  }
  if (of === null) {
    query.whereNull("transfer.batch_id")
  } else if (of !== undefined) {
    query.whereIn("transfer.batch_id", of)
  }
  return query.select("transfer.id", "transfer.batch_id").select(
    database.raw(
      `exists (
        select from payout_approval as given
        where given.transfer_id = transfer.id and given.approved_by = ? and given.voided_at is null
      ) as approved_it`,
      [actorId]
    )
  )
}
