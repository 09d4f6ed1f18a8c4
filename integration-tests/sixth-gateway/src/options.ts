import {
  callOptions,
  commonOptions,
  gatewayAddress,
  requiredSecret,
  type SetUpHints,
  webAddress,
} from "medusa-regional-payments/extend"
import { z } from "zod"

const dashboard = "Find it in Acme's dashboard, under Keys"
const whereBaseUrl = "Acme tells it to each merchant, one for testing and one for production"

/** What both providers need to know of the shop's account. */
const accountOptions = {
  baseUrl: gatewayAddress(whereBaseUrl),
  /** Signs webhooks as well. */
  apiKey: requiredSecret(dashboard),
  /** Whose webhooks are still taken. */
  previousApiKey: requiredSecret("Leave it out unless a key is being changed").optional(),
}

/** The options of `medusa-payment-acme/payout-providers/acme`. */
export const acmePayoutOptions = z.strictObject({ ...callOptions, ...accountOptions })

/** The options of `medusa-payment-acme/providers/acme`. */
export const acmeOptions = z.strictObject({
  ...commonOptions,
  ...accountOptions,
  /** Where the shopper comes back to, where the storefront names no place. */
  returnUrl: webAddress("It is the page of your storefront that waits for the payment's result"),
})

export type AcmeOptions = z.infer<typeof acmeOptions>

/** What to look at where Acme does not know the shop. */
export const acmeSetUp: SetUpHints = {
  credentials: ["apiKey"],
  whereCredentials: dashboard,
  whereBaseUrl,
}
