import { z } from "zod"
import { callOptions, requiredText } from "../../providers/base/options"
import { backOffice, paymentzAccountOptions, shortAddress } from "../../providers/paymentz/options"

/** The options of `medusa-regional-payments/payout-providers/paymentz`. */
export const paymentzPayoutOptions = z.strictObject({
  ...callOptions,
  ...paymentzAccountOptions,
  /** The e-mail address of your member account, which every payout names. */
  merchantEmail: requiredText(backOffice).regex(/^\S+@\S+$/, {
    error: `must be an e-mail address. ${backOffice}`,
  }),
  /** This store's own webhook route for payouts. Without it no payout names an address for its callback. */
  notificationUrl: shortAddress(
    "It is https://<your store's backend>/hooks/payout/paymentz_<id>, with the id of this provider"
  ).optional(),
})

export type PaymentzPayoutOptions = z.infer<typeof paymentzPayoutOptions>
