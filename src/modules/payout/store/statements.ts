import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type PayoutStatement, toStatement } from "../domain/statement"
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

/** One that shows a transfer paid which was said to have ended otherwise; undefined where there is none. */
export async function contradictingStatement(
  database: Knex,
  transferId: string
): Promise<PayoutStatement | undefined> {
  const told = [{ kind: "ended_otherwise", transfer_id: transferId }]
  const row = await database(table)
    .whereRaw("told @> ?::jsonb", [JSON.stringify(told)])
    .first()
  return row && toStatement(row)
}

export async function insertStatement(
  { query, now }: PayoutTransaction,
  { bank_ids, told, ...statement }: Omit<PayoutStatement, "created_at">
): Promise<PayoutStatement> {
  const [row] = await query(table)
    .insert({
      ...statement,
      // The driver would make a list of PostgreSQL's own of an array.
      bank_ids: JSON.stringify(bank_ids),
      told: JSON.stringify(told),
      created_at: now,
      updated_at: now,
    })
    .returning("*")
  return toStatement(row)
}
