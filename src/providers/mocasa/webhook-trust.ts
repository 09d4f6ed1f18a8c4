import type { MocasaWebhookTrust } from "../../gateways/mocasa/webhook"
import type { Secret } from "../../gateways/shared/secret"
import { ownReferences } from "../base/order-details"
import type { MocasaOptions } from "./options"

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
