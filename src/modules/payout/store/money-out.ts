import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { count, readRow } from "../../../shared/database"
import { transferStates } from "../domain/state"
import { matchingTransfers, type TransferFilters } from "./transfer-queries"

const dayOfMoneyOut = z.object({
  /** Such as `2026-05-01`. */
  day: z.string(),
  /** What became of it since. */
  status: z.enum(transferStates),
  provider_id: z.string(),
  currency_code: z.string(),
  /** Exact, major units. */
  amount: z.string(),
  count,
})

export type DayOfMoneyOut = z.infer<typeof dayOfMoneyOut>

export type MoneyOutDays = { from: Date; to: Date; timeZone: string }

/**
 * What was sent, or may have been, by the day on which it was, and by what became of it since. What was never sent is not
 * there, and nothing that came back is taken off.
 *
 * @param days from the moment `from` to the moment before `to`; a day is one of `timeZone`
 */
export async function moneyOutByDay(
  database: Knex,
  filters: TransferFilters,
  { from, to, timeZone }: MoneyOutDays
): Promise<DayOfMoneyOut[]> {
  const rows = await matchingTransfers(database, filters)
    .where("submitted_at", ">=", from)
    .where("submitted_at", "<", to)
    .groupByRaw("1, 2, 3, 4")
    .orderByRaw("1, 2, 3, 4")
    .select(
      database.raw("to_char(submitted_at at time zone ?, 'YYYY-MM-DD') as day", [timeZone]),
      "status",
      "provider_id",
      "currency_code"
    )
    .select(database.raw("sum(amount)::text as amount, count(*)::int as count"))
  return rows.map((row: unknown) => readRow("payout_transfer", dayOfMoneyOut, row))
}
