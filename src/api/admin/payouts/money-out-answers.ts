import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { transferStates } from "../../../modules/payout/domain/state"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { daysAsked } from "../days"
import { exactAmount } from "./answers"
import type { AdminGetPayoutMoneyOutType } from "./validators"

export const PayoutMoneyOut = z.object({
  time_zone: z.string().describe("Whose days these are."),
  from: z.string().describe("The first day, such as `2026-05-01`."),
  to: z.string().describe("The last day."),
  days: z.array(
    z.object({
      day: z.string(),
      status: z.enum(transferStates).describe("What became of it since."),
      provider_id: z.string(),
      currency_code: z.string(),
      amount: exactAmount,
      count: z.int(),
    })
  ),
})

/** What was sent, by the day on which it was, in the time that was asked for. */
export async function moneyOutAnswer(
  container: MedusaContainer,
  { submitted_at, time_zone: timeZone, ...filters }: AdminGetPayoutMoneyOutType,
  now: Date
): Promise<z.infer<typeof PayoutMoneyOut>> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { from, to, first, last } = await daysAsked(database, submitted_at, timeZone, now)
  const days = await payoutsOf(container).moneyOut(filters, { from, to, timeZone })
  return { time_zone: timeZone, from: first, to: last, days }
}
