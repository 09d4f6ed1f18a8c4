import { parseHttpUrl } from "../shared/http-url"
import { WebhookSender } from "../shared/webhook-sender"
import type { CashySettings } from "./settings"

/** Cashy, Webhook, TIP: "it will be retried in 1, 2, 4, ... 512 minutes, ... 10 times in total". */
export const FIRST_RETRY_MS = 60_000
const MAX_RETRIES = 10

/** Cashy, Webhook, TIP: "When the webhooks response HTTP status code is 200, 301 or 302". */
const TAKEN: readonly number[] = [200, 301, 302]

export interface DeliveryOptions {
  readonly settings: () => CashySettings
  readonly retryDelayMs: number
  readonly timeoutMs: number
  readonly now: () => number
}

export function cashyWebhookSender({ settings, ...options }: DeliveryOptions): WebhookSender {
  return new WebhookSender({
    url: ({ notifyUrl = "" }) => parseHttpUrl(settings().notifyUrl ?? notifyUrl),
    maxFailures: MAX_RETRIES,
    afterGivingUp: "go-on",
    isTaken: (status) => TAKEN.includes(status),
    ...options,
  })
}
