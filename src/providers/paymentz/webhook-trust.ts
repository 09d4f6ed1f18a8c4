import type { PaymentzWebhookTrust } from "../../gateways/paymentz/webhook"
import type { Secret } from "../../gateways/shared/secret"
import { ownReferences } from "../base/order-details"
import type { PaymentzOptions } from "./options"

/** Callbacks of payments and of payouts are signed with the same key. */
export function webhookTrust({
  secureKey,
  previousSecureKey,
}: Pick<PaymentzOptions, "secureKey" | "previousSecureKey">): PaymentzWebhookTrust {
  const secureKeys = [secureKey, previousSecureKey].filter(
    (key): key is Secret => key !== undefined
  )
  return { secureKeys, references: ownReferences }
}
