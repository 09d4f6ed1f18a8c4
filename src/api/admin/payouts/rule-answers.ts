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
  approval_expires_in_days: z.int().describe("What nobody approved by then expires."),
  limits: z.array(
    z.object({
      currency_code: z.string(),
      per_transfer: exactAmount.nullable(),
      per_day: exactAmount.nullable(),
    })
  ),
  time_zone: z.string().describe("Whose midnight a day of the limits begins at."),
})

/** Never who may approve: the option names people by their e-mails. */
export function rulesAnswer(
  options: Pick<
    PayoutOptions,
    "approval" | "accountCoolingOffHours" | "approvalExpiresInDays" | "limits" | "timeZone"
  >
): { rules: z.infer<typeof PayoutRules> } {
  return {
    rules: {
      approval: options.approval,
      account_cooling_off_hours: options.accountCoolingOffHours,
      approval_expires_in_days: options.approvalExpiresInDays,
      limits: Object.entries(options.limits).map(([currency_code, { perTransfer, perDay }]) => ({
        currency_code,
        per_transfer: perTransfer ?? null,
        per_day: perDay ?? null,
      })),
      time_zone: options.timeZone,
    },
  }
}
