import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type DailyRun, type DailyRunKind, toDailyRun } from "../domain/schedule"

const table = "payout_daily_run"

/** Longer than any run takes without a word, in milliseconds: whoever was at it is gone then. */
const brokenAfterMs = 60 * 60_000

/**
 * Takes the run of a day, for one server alone; one that broke off is taken over.
 *
 * @returns undefined where it was taken or made before
 */
export async function beginDailyRun(
  database: Knex,
  { now, newUlid }: { now: Date; newUlid: () => string },
  kind: DailyRunKind,
  day: string
): Promise<DailyRun | undefined> {
  const stamps = { started_at: now, updated_at: now }
  const [begun] = await database(table)
    .insert({ id: `porun_${newUlid()}`, kind, day, created_at: now, ...stamps })
    .onConflict(["kind", "day"])
    .ignore()
    .returning("*")
  if (begun) {
    return toDailyRun(begun)
  }
  const [takenOver] = await database(table)
    .where({ kind, day, ended_at: null })
    .where("started_at", "<", new Date(now.getTime() - brokenAfterMs))
    .update(stamps)
    .returning("*")
  return takenOver && toDailyRun(takenOver)
}

/** The last one of an earlier day that came to its end. */
export async function dailyRunBefore(
  database: Knex,
  kind: DailyRunKind,
  day: string
): Promise<DailyRun | undefined> {
  const row = await database(table)
    .where({ kind })
    .where("day", "<", day)
    .whereNotNull("ended_at")
    .orderBy("day", "desc")
    .first()
  return row && toDailyRun(row)
}

export async function endDailyRun(
  database: Knex,
  now: Date,
  { id, started_at }: DailyRun,
  outcome: Record<string, unknown>
): Promise<void> {
  // Whoever took it over meanwhile ends it themselves.
  await database(table)
    .where({ id, started_at, ended_at: null })
    .update({ ended_at: now, outcome: JSON.stringify(outcome), updated_at: now })
}
