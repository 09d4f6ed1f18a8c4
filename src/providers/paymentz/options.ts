import { z } from "zod"
import { commonOptions, requiredText } from "../base/options"
import { paymentzAccountOptions, shortAddress, toldByGateway } from "./account-options"

/** The options of `medusa-regional-payments/providers/paymentz`. */
export const paymentzOptions = z.strictObject({
  ...commonOptions,
  ...paymentzAccountOptions,
  /** The partner's name. A wrong one is refused on the hosted page without a word of why. */
  totype: requiredText(toldByGateway),
  /** `manual` reserves first; the money is taken when a payment is captured in the dashboard. */
  capture: z
    .enum(["automatic", "manual"], { error: 'must be "automatic" or "manual"' })
    .default("automatic"),
  /** `rest` is for methods without a card, each chosen by the storefront as `payment_mode`. */
  integration: z
    .enum(["hosted", "rest"], { error: 'must be "hosted" or "rest"' })
    .default("hosted"),
  /** This store's own return route, which learns the payment's number and sends the shopper on. */
  returnUrl: shortAddress(
    "It is https://<your store's backend>/payments/paymentz_<id>/return, with the id of this provider"
  ),
  /** This store's own webhook route. */
  notificationUrl: shortAddress(
    "It is https://<your store's backend>/hooks/payment/paymentz_<id>, with the id of this provider"
  ),
})

export type PaymentzOptions = z.infer<typeof paymentzOptions>
