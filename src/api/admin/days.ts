import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "@medusajs/framework/zod"
import { startOfDay } from "../../modules/payment-journal/repositories/payment-queries"
import { dayOf, isTimeZone } from "../../shared/time-zone"
import type { TimeRange } from "../../shared/database"

/** The days that a sum by day is made of, such as that of a chart. */

export const timeZone = z
  .string()
  .refine(isTimeZone, { error: "must be the name of a time zone such as Asia/Manila" })
  .default("UTC")
  .describe("Whose days are meant, such as `Asia/Manila`.")

const usualDays = 30

/** A year that is leap; of more days the last ones are answered. */
const mostDays = 366

/**
 * @param range what was asked for; without a beginning, the last thirty days
 * @returns from the moment `from` to the moment before `to`, and the names of the first and the last day
 */
export async function daysAsked(
  database: Knex,
  range: TimeRange | undefined,
  timeZone: string,
  now: Date
): Promise<{ from: Date; to: Date; first: string; last: string }> {
  const { from: asked, to } = boundsOf(range, now)
  const end = justBefore(to)
  const start = async (days: number) =>
    await startOfDay(database, { at: end, timeZone, daysEarlier: days - 1 })
  const earliest = await start(mostDays)
  const from = asked === undefined ? await start(usualDays) : later(asked, earliest)
  return { from, to, first: dayOf(from, timeZone), last: dayOf(end, timeZone) }
}

/** From the first moment, where one was named, to the moment after the last. */
function boundsOf({ $gt, $gte, $lt, $lte }: TimeRange = {}, now: Date): { from?: Date; to: Date } {
  const from = $gte ?? ($gt && justAfter($gt))
  const to = $lt ?? ($lte && justAfter($lte)) ?? justAfter(now)
  return from && from < to ? { from, to } : { to }
}

function justAfter(time: Date): Date {
  return new Date(time.getTime() + 1)
}

function justBefore(time: Date): Date {
  return new Date(time.getTime() - 1)
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
