import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  moneyInByDay,
  startOfDay,
} from "../../../modules/payment-journal/repositories/payment-queries"
import { titleOf } from "../../../providers/registry"
import type { TimeRange } from "../../../shared/database"
import { type AdminGetGatewayMoneyInType, journalFilters } from "./payment-filters"

const usualDays = 30

/** A year that is leap; of more days the last ones are answered. */
const mostDays = 366

/** What came in, by day, gateway and currency, in the time that was asked for. */
export async function moneyInAnswer(
  container: MedusaContainer,
  { created_at, time_zone: timeZone, ...query }: AdminGetGatewayMoneyInType,
  now: Date
) {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const filters = await journalFilters(container, query)
  const { from: asked, to } = boundsOf(created_at, now)
  const last = justBefore(to)
  const start = async (days: number) =>
    await startOfDay(database, { at: last, timeZone, daysEarlier: days - 1 })
  const earliest = await start(mostDays)
  const from = asked === undefined ? await start(usualDays) : later(asked, earliest)
  const days = await moneyInByDay(database, filters, { from, to, timeZone })
  return {
    time_zone: timeZone,
    from: dayOf(from, timeZone),
    to: dayOf(last, timeZone),
    days: days.map((day) => ({ ...day, provider_title: titleOf(day.provider_id) })),
  }
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

/** Such as `2026-05-01`. */
export function dayOf(time: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(time)
}
