import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { differenceCodes } from "../../../modules/payout/domain/reconciliation"
import { transferStates } from "../../../modules/payout/domain/state"
import type { PayoutOptions } from "../../../modules/payout/options"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { daysAsked } from "../days"
import { fieldsOf, listOf, time } from "../read-rows"
import { exactAmount } from "./answers"
import type { AdminGetPayoutMoneyOutType } from "./validators"

/** What the shop's config says of all transfers, for whoever makes one or changes where it goes. */
export const PayoutRules = z.object({
  approval: z
    .enum(["second_person", "none"])
    .describe("`none`: what is made is sent at once, unless it looks like another transfer."),
  account_cooling_off_hours: z
    .int()
    .describe("So long after a change of an account nothing is approved or sent to it."),
  hold_first_payment: z
    .boolean()
    .describe(
      "Whether the first payment to an account waits for somebody who made sure that it is theirs."
    ),
  approval_expires_in_days: z.int().describe("What nobody approved by then expires."),
  limits: z.array(
    z.object({
      currency_code: z.string(),
      per_transfer: exactAmount.nullable(),
      per_day: exactAmount.nullable(),
      per_beneficiary_per_day: exactAmount.nullable(),
      per_maker_per_day: exactAmount.nullable(),
      two_approvers_above: exactAmount.nullable(),
    })
  ),
  time_zone: z.string().describe("Whose midnight a day of the limits begins at."),
})

/** Never who may approve: the option names people by their e-mails. */
export function rulesAnswer(
  options: Pick<
    PayoutOptions,
    | "approval"
    | "accountCoolingOffHours"
    | "holdFirstPayment"
    | "approvalExpiresInDays"
    | "twoApproversAbove"
    | "limits"
    | "timeZone"
  >
): { rules: z.infer<typeof PayoutRules> } {
  const { limits, twoApproversAbove } = options
  const currencies = [...new Set([...Object.keys(limits), ...Object.keys(twoApproversAbove)])]
  return {
    rules: {
      approval: options.approval,
      account_cooling_off_hours: options.accountCoolingOffHours,
      hold_first_payment: options.holdFirstPayment,
      approval_expires_in_days: options.approvalExpiresInDays,
      limits: currencies.map((currency_code) => ({
        currency_code,
        per_transfer: limits[currency_code]?.perTransfer ?? null,
        per_day: limits[currency_code]?.perDay ?? null,
        per_beneficiary_per_day: limits[currency_code]?.perBeneficiaryPerDay ?? null,
        per_maker_per_day: limits[currency_code]?.perMakerPerDay ?? null,
        two_approvers_above: twoApproversAbove[currency_code] ?? null,
      })),
      time_zone: options.timeZone,
    },
  }
}

/** What the route of reconciliations answers; see answers.ts. */

const Outcome = z.object({
  day: z.string(),
  since: time.describe("Of what was sent from then on."),
  until: time.describe("And before."),
  asked: z.int(),
  agreed: z.int(),
  settled: z.int().describe("Had no end in the shop, and have one since."),
  open: z.int().describe("Have no end yet, and are looked at again on the next day."),
  unanswered: z.int().describe("Could not be asked about, and are on the next day."),
  different: z.int(),
  differences: z
    .array(
      z.object({
        transfer_id: z.string(),
        reference: z.string(),
        provider_id: z.string(),
        amount: exactAmount,
        currency_code: z.string(),
        code: z.enum(differenceCodes),
        what: z.string(),
      })
    )
    .describe("The first 500."),
})

export const PayoutReconciliation = z.object({
  id: z.string(),
  day: z.string().describe("In the shop's time zone."),
  started_at: time,
  ended_at: time.nullable().describe("Null while it is under way."),
  outcome: Outcome.nullable(),
})

export const listReconciliationsConfig = listOf(fieldsOf(PayoutReconciliation))

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
