import { z } from "zod"
import { readRow, time } from "../../../shared/database"

/**
 * - `digest`: people are told what waits for them
 * - `reconciliation`: what was sent is held against what the gateways say of it
 */
export const dailyRunKinds = ["digest", "reconciliation"] as const

export type DailyRunKind = (typeof dailyRunKinds)[number]

/** A row of `payout_daily_run`. */
const dailyRunRow = z.object({
  id: z.string(),
  kind: z.enum(dailyRunKinds),
  /** In the shop's time zone, such as `2026-05-31`. */
  day: z.string(),
  started_at: time,
  /** Null while it is under way, or where the server died in it. */
  ended_at: time.nullable(),
  outcome: z.record(z.string(), z.unknown()).nullable(),
})

export type DailyRun = z.infer<typeof dailyRunRow>

export function toDailyRun(row: unknown): DailyRun {
  return readRow("payout_daily_run", dailyRunRow, row)
}
