import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type Booking, paidKinds, type PayoutStatement, toStatement } from "../domain/statement"
import type { PayoutTransaction } from "./transaction"

const table = "payout_statement"

/** The last import of this very file; undefined where there is none. */
export async function lastStatement(
  database: Knex,
  where: Pick<PayoutStatement, "provider_id" | "digest">
): Promise<PayoutStatement | undefined> {
  const row = await database(table)
    .where({ provider_id: where.provider_id, digest: where.digest })
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .first()
  return row && toStatement(row)
}

/** The first that shows a transfer paid and did not settle it; undefined where there is none. */
export async function contradictingStatement(
  database: Knex,
  transferId: string
): Promise<PayoutStatement | undefined> {
  const row = await database(table)
    .whereRaw(
      `exists (select 1 from jsonb_to_recordset(told) as one(kind text, transfer_id text)
        where one.transfer_id = ? and one.kind = any(?))`,
      [transferId, [...paidKinds]]
    )
    .orderBy(["created_at", "id"])
    .first()
  return row && toStatement(row)
}

/** What statements showed of transfers so far, by the transfer's id, the first shown first. @param except of the file with this digest */
export async function bookingsBefore(
  database: Knex,
  { provider_id, digest: except }: Pick<PayoutStatement, "provider_id" | "digest">,
  transferIds: readonly string[]
): Promise<Map<string, Pick<Booking, "booked_on">[]>> {
  const rows: Pick<Booking, "transfer_id" | "booked_on">[] = await database
    .from({ statement: table })
    .joinRaw(
      "cross join lateral rows from (jsonb_to_recordset(statement.bookings) as (transfer_id text, booked_on text)) " +
        "with ordinality as booking(transfer_id, booked_on, position)"
    )
    .where({ provider_id })
    .whereNot({ digest: except })
    .whereIn("booking.transfer_id", transferIds)
    .orderBy(["statement.created_at", "statement.id", "booking.position"])
    .select("booking.transfer_id", "booking.booked_on")
  const found = new Map<string, Pick<Booking, "booked_on">[]>()
  for (const { transfer_id, booked_on } of rows) {
    found.set(transfer_id, [...(found.get(transfer_id) ?? []), { booked_on }])
  }
  return found
}

export async function insertStatement(
  { query, now }: PayoutTransaction,
  { bank_ids, told, bookings, ...statement }: Omit<PayoutStatement, "created_at">
): Promise<PayoutStatement> {
  const [row] = await query(table)
    .insert({
      ...statement,
      // The driver would make a list of PostgreSQL's own of an array.
      bank_ids: JSON.stringify(bank_ids),
      told: JSON.stringify(told),
      bookings: JSON.stringify(bookings),
      created_at: now,
      updated_at: now,
    })
    .returning("*")
  return toStatement(row)
}
