import { z } from "zod"
import { callOptions, requiredText } from "../../providers/base/options"
import { backOffice, paymentzAccountOptions, shortAddress } from "../../providers/paymentz/options"

/** The options of `medusa-regional-payments/payout-providers/paymentz`. */
export const paymentzPayoutOptions = z.strictObject({
  ...callOptions,
  ...paymentzAccountOptions,
  merchantEmail: requiredText(backOffice)
    .regex(/^\S+@\S+$/, { error: `must be an e-mail address. ${backOffice}` })
    .describe("The e-mail address of your member account, which every payout names."),
  notificationUrl: shortAddress(
    "It is https://<your store's backend>/hooks/payout/paymentz_<id>, with the id of this provider"
  )
    .optional()
    .describe(
      "Your store's own route for webhooks of payouts, `https://<your store's backend>/hooks/payout/paymentz_<id>`. Without it no " +
        "payout names an address for its callback, and payouts are found out about by asking."
    ),
})

export type PaymentzPayoutOptions = z.infer<typeof paymentzPayoutOptions>
