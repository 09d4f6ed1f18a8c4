import { z } from "zod"
import type { MocasaWebhookTrust } from "../../gateways/mocasa/webhook"
import type { Secret } from "../../gateways/shared/secret"
import type { SetUpHints } from "../base/errors"
import {
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "../base/options"
import { ownReferences } from "../base/order-details"

const dashboard = "Find it in Mocasa's dashboard: your product, then Credentials"
const whereBaseUrl = "Mocasa tells it to each merchant, one for testing and one for production"

/** The shop's account at Mocasa: the same for payments and payouts. */
export const mocasaAccountOptions = {
  baseUrl: gatewayAddress(whereBaseUrl).describe(
    "The address of Mocasa's API. It is not published: Mocasa tells it to each merchant, one for testing and one for " +
      "production. `http` is refused, except for this machine itself."
  ),
  clientKey: requiredText(dashboard).describe(
    "Mocasa's dashboard: your product, then **Credentials**. Test and production have keys of their own."
  ),
  clientSecret: requiredSecret(dashboard).describe(
    "Beside the client key. Keep it in an environment variable."
  ),
  /** Assumption: webhooks are signed with the client secret, unless Mocasa gave you another. */
  webhookSecret: requiredSecret("Leave it out if Mocasa gave you no secret for webhooks")
    .optional()
    .describe(
      "Only if Mocasa gave you a secret of its own for webhooks. Without it the client secret is used."
    ),
  previousWebhookSecret: requiredSecret("Leave it out unless a secret is being changed")
    .optional()
    .describe("A second secret that is accepted too, while you change secrets."),
  signatureEncoding: z
    .enum(["base64", "base64-of-hex"], { error: 'must be "base64" or "base64-of-hex"' })
    .default("base64")
    .describe(
      '`"base64"` or `"base64-of-hex"`. Only if every genuine webhook is refused: Mocasa\'s page can be read both ways.'
    ),
}

/** What to look at where the gateway does not know the shop. */
export const mocasaSetUp: SetUpHints = {
  credentials: ["clientKey", "clientSecret"],
  signedWith: ["webhookSecret", "clientSecret"],
  whereCredentials: dashboard,
  whereBaseUrl: whereBaseUrl,
}

/**
 * The options of `medusa-regional-payments/providers/mocasa`: those of every gateway (`commonOptions` in
 * ../base/options.ts), those of the account (`mocasaAccountOptions` above), which
 * `medusa-regional-payments/payout-providers/mocasa` has too, and those of payments.
 */
export const mocasaOptions = z.strictObject({
  ...commonOptions,
  ...mocasaAccountOptions,
  returnUrl: webAddress(
    "It is the page of your storefront that waits for the payment's result"
  ).describe("The page of your storefront where the shopper comes back to."),
  productName: requiredText("Leave it out to show our reference of the payment")
    .optional()
    .describe(
      "What Mocasa shows the shopper as the thing paid for. Without it: `Order` and our reference."
    ),
})

export type MocasaOptions = z.infer<typeof mocasaOptions>

/** Payments and payouts have one webhook at Mocasa, and so one secret and one way to write it. */
export function webhookTrust(
  options: Pick<
    MocasaOptions,
    "clientSecret" | "webhookSecret" | "previousWebhookSecret" | "signatureEncoding"
  >
): MocasaWebhookTrust {
  const { clientSecret, webhookSecret, previousWebhookSecret, signatureEncoding } = options
  const secrets = [webhookSecret ?? clientSecret, previousWebhookSecret].filter(
    (secret): secret is Secret => secret !== undefined
  )
  return { secrets, signatureEncoding, references: ownReferences }
}
