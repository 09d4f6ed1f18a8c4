import { z } from "zod"
import { callOptions } from "../../providers/base/options"
import { cashyAccountOptions, checkLimits, isWhole, notifyUrl } from "../../providers/cashy/options"

/** The options of `medusa-regional-payments/payout-providers/cashy`. */
export const cashyPayoutOptions = z
  .strictObject({
    ...callOptions,
    ...cashyAccountOptions,
    notifyUrl: notifyUrl(
      "It is https://<your store's backend>/hooks/payout/cashy_<id>, with the id of this provider"
    ).describe(
      "Where Cashy sends its callbacks about payouts: `https://<your store's backend>/hooks/payout/cashy_<id>`. It is sent with " +
        "each payout."
    ),
    bankField: z
      .enum(["bankId", "ifscCode"], { error: 'must be "bankId" or "ifscCode"' })
      .optional()
      .describe(
        'How your country names a bank: `"bankId"`, by Cashy\'s own list, or `"ifscCode"`, by India\'s IFSC. Without it ' +
          "`ifscCode` for INR and `bankId` for other currencies."
      ),
  })
  .superRefine(checkLimits)
  .transform((options) => ({
    ...options,
    wholeAmounts: isWhole(options),
    bankField: options.bankField ?? (options.currency === "inr" ? "ifscCode" : "bankId"),
  }))

export type CashyPayoutOptions = z.output<typeof cashyPayoutOptions>
