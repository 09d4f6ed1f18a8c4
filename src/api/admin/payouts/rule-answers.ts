import { z } from "@medusajs/framework/zod"
import type { PayoutOptions } from "../../../modules/payout/options"
import { exactAmount } from "./answers"

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
