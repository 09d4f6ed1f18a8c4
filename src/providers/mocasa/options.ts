import { z } from "zod"
import { commonOptions, requiredText, webAddress } from "../base/options"
import { mocasaAccountOptions } from "./account-options"

/** The options of `medusa-regional-payments/providers/mocasa`. */
export const mocasaOptions = z.strictObject({
  ...commonOptions,
  ...mocasaAccountOptions,
  /** Where the shopper comes back to. */
  returnUrl: webAddress("It is the page of your storefront that waits for the payment's result"),
  /** What Mocasa shows the shopper as the thing paid for. */
  productName: requiredText("Leave it out to show our reference of the payment").optional(),
})

export type MocasaOptions = z.infer<typeof mocasaOptions>
