import { z } from "zod"
import { gatewayAddress, requiredSecret, requiredText } from "../base/options"
import type { SetUpHints } from "../base/errors"

const dashboard = "Find it in Mocasa's dashboard: your product, then Credentials"
const whereBaseUrl = "Mocasa tells it to each merchant, one for testing and one for production"

/** The shop's account at Mocasa: the same for payments and payouts. */
export const mocasaAccountOptions = {
  /** The address of Mocasa's API; it is not published and differs between test and production. */
  baseUrl: gatewayAddress(whereBaseUrl),
  clientKey: requiredText(dashboard),
  clientSecret: requiredSecret(dashboard),
  /** Assumption: webhooks are signed with the client secret, unless Mocasa gave you another. */
  webhookSecret: requiredSecret(
    "Leave it out if Mocasa gave you no secret for webhooks"
  ).optional(),
  /** Accepted beside the secret in use, while a secret is being changed. */
  previousWebhookSecret: requiredSecret("Leave it out unless a secret is being changed").optional(),
  signatureEncoding: z
    .enum(["base64", "base64-of-hex"], { error: 'must be "base64" or "base64-of-hex"' })
    .default("base64"),
}

/** What to look at where the gateway does not know the shop. */
export const mocasaSetUp: SetUpHints = {
  credentials: ["clientKey", "clientSecret"],
  whereCredentials: dashboard,
  whereBaseUrl: whereBaseUrl,
}
