import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { moneyInByDay } from "../../../modules/payment-journal/repositories/payment-queries"
import { titleOf } from "../../../providers/registry"
import { daysAsked } from "../days"
import { type AdminGetGatewayMoneyInType, journalFilters } from "./payment-filters"

/** What came in, by day, gateway and currency, in the time that was asked for. */
export async function moneyInAnswer(
  container: MedusaContainer,
  { created_at, time_zone: timeZone, ...query }: AdminGetGatewayMoneyInType,
  now: Date
) {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const filters = await journalFilters(container, query)
  const { from, to, first, last } = await daysAsked(database, created_at, timeZone, now)
  const days = await moneyInByDay(database, filters, { from, to, timeZone })
  return {
    time_zone: timeZone,
    from: first,
    to: last,
    days: days.map((day) => ({ ...day, provider_title: titleOf(day.provider_id) })),
  }
}
