import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { readRow, time } from "../../../shared/database"
import type { PayoutTransaction } from "./transaction"

const table = "payout_pause"

const pauseRow = z.object({
  id: z.string(),
  reason: z.string(),
  /** An admin's id, a secret API key's or `system`. */
  paused_by: z.string(),
  paused_at: time,
})

/** A row of `payout_pause` that has not ended. */
export type Pause = z.infer<typeof pauseRow>

/** Undefined while payouts are sent. */
export async function presentPause(database: Knex): Promise<Pause | undefined> {
  const row = await database(table).whereNull("resumed_at").orderBy(["paused_at", "id"]).first()
  return row && readRow(table, pauseRow, row)
}

/** When sending was last paused, whether it goes on by now; null where it never was. */
export async function lastPausedAt(database: Knex): Promise<Date | null> {
  const row = await database(table).max({ paused_at: "paused_at" }).first()
  return time.nullable().parse(row?.paused_at ?? null)
}

export async function insertPause(
  { query, now, newUlid }: PayoutTransaction,
  { reason, paused_by }: Pick<Pause, "reason" | "paused_by">
): Promise<Pause> {
  const [row] = await query(table)
    .insert({
      id: `popau_${newUlid()}`,
      reason,
      paused_by,
      paused_at: now,
      created_at: now,
      updated_at: now,
    })
    .returning("*")
  return readRow(table, pauseRow, row)
}

export async function endPauses(
  { query, now }: PayoutTransaction,
  { resumed_by, note }: { resumed_by: string; note: string }
): Promise<void> {
  await query(table)
    .whereNull("resumed_at")
    .update({ resumed_by, note, resumed_at: now, updated_at: now })
}
