import type { CashyWebhookTrust } from "../../gateways/cashy/webhook"
import type { Secret } from "../../gateways/shared/secret"
import { ownReferences } from "../base/order-details"
import type { CashyOptions } from "./options"

/** Callbacks of payments and of payouts are signed with the same key. */
export function webhookTrust({
  apiKey,
  previousApiKey,
}: Pick<CashyOptions, "apiKey" | "previousApiKey">): CashyWebhookTrust {
  const apiKeys = [apiKey, previousApiKey].filter((key): key is Secret => key !== undefined)
  return { apiKeys, references: ownReferences }
}
