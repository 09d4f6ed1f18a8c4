import { parseHttpUrl } from "../shared/server"
import {
  type SentWebhooks,
  type WebhookMessage,
  WebhookNotifier,
  WebhookSender,
} from "../shared/webhook-sender"
import type { CashyOrder } from "./orders"
import type { CashyPayout } from "./payouts"
import {
  Digits,
  isOrderEnd,
  isPayoutEnd,
  type JsonField,
  jsonText,
  sign,
  timeText,
} from "./protocol"
import type { CashyCredentials, CashySettings, Links } from "./sandbox"

/** What tests see and do of the webhooks. */
export interface CashyWebhooks extends SentWebhooks {
  /** Sends any event, signed as the settings say, also while `webhooksOn` is false. */
  send(event: CashyEvent): void
}

interface NotifierOptions {
  readonly sender: WebhookSender
  readonly credentials: CashyCredentials
  readonly settings: () => CashySettings
  readonly links: (order: CashyOrder) => Links
  readonly randomDigits: (count: number) => string
}

export class Notifier extends WebhookNotifier implements CashyWebhooks {
  readonly #options: NotifierOptions

  constructor(options: NotifierOptions) {
    super(options.sender)
    this.#options = options
  }

  /** Of an order that has come to its end. */
  orderChanged(order: CashyOrder): void {
    const { settings, links } = this.#options
    if (!isOrderEnd(order.orderStatus) || !settings().webhooksOn) return
    const { payCode, payUrl, payDeskUrl } = links(order)
    this.send({
      ...commonOf(order),
      payType: String(order.payType),
      ...(payCode !== null && { payCode }),
      ...(payUrl !== null && { payUrl }),
      ...(payDeskUrl !== null && { payDeskUrl }),
      ...(!settings().bareWebhooks && {
        orderType: order.orderType,
        patchOrderNo: order.patchOrderNo,
        patchMchOrderNo: order.patchMchOrderNo,
      }),
    })
  }

  /** Of a payout that has come to its end. Assumption: in the shape of a pay-in's, without what only that has. */
  payoutChanged(payout: CashyPayout): void {
    if (!isPayoutEnd(payout.orderStatus) || !this.#options.settings().webhooksOn) return
    this.send(commonOf(payout))
  }

  send(event: CashyEvent): void {
    const { sender, credentials, settings, randomDigits } = this.#options
    const { forgeWebhooks, webhookAmount, webhookCopies, fee } = settings()
    const { merchantId, webhookKey } = credentials
    const message = webhookMessage(
      { ...event, amount: webhookAmount ?? event.amount },
      {
        merchantId,
        apiKey: forgeWebhooks ? `not ${webhookKey}` : webhookKey,
        fee,
        nonceStr: randomDigits(13),
      }
    )
    for (let copy = 0; copy < webhookCopies; copy += 1) sender.send(message)
  }
}

function commonOf({
  mchOrderNo,
  orderNo,
  amount,
  orderStatus,
  notifyUrl,
  completedAt,
}: CashyOrder | CashyPayout): CashyEvent {
  return {
    mchOrderNo,
    orderNo,
    amount,
    orderStatus,
    notifyUrl,
    ...(completedAt !== null && { completionTime: timeText(completedAt) }),
  }
}

/** What a webhook tells; of a payout the fields that only orders have are left out. */
export interface CashyEvent {
  readonly mchOrderNo: string
  readonly orderNo: string
  /** Written on the wire as the number it stands for, digit by digit. */
  readonly amount: string
  readonly orderStatus: string
  readonly notifyUrl: string
  readonly completionTime?: string
  readonly payType?: string
  readonly payCode?: string
  readonly payUrl?: string
  readonly payDeskUrl?: string
  readonly orderType?: string
  readonly patchOrderNo?: string
  readonly patchMchOrderNo?: string
}

interface MessageOptions {
  readonly merchantId: string
  readonly apiKey: string
  /** Written as a number with four decimals. */
  readonly fee: string
  readonly nonceStr: string
}

/**
 * Cashy, Webhook, "Webhook Request Example": the fields in the order of the alphabet, the numbers with zeros at their
 * end (`20000.00`, `2500.0000`), so that a text made from the parsed JSON has another signature.
 */
function webhookMessage(event: CashyEvent, options: MessageOptions): WebhookMessage {
  const { notifyUrl, amount, ...texts } = event
  const { merchantId, apiKey, fee, nonceStr } = options
  const fields: Record<string, JsonField | undefined> = {
    ...texts,
    amount: new Digits(amount),
    fee: new Digits(withFourDecimals(fee)),
    merchantId,
    nonceStr,
  }
  const body = jsonText(
    Object.fromEntries(
      Object.entries(fields)
        .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
        .sort(([name], [other]) => (name < other ? -1 : 1))
    )
  )
  return {
    reference: event.mchOrderNo,
    notifyUrl,
    headers: {
      "content-type": "application/json",
      MerchantId: merchantId,
      Sign: sign(body, apiKey),
    },
    body,
  }
}

function withFourDecimals(fee: string): string {
  const [whole = "", decimals = ""] = fee.split(".")
  return `${whole}.${decimals.padEnd(4, "0")}`
}

/** Cashy, Webhook, TIP: "it will be retried in 1, 2, 4, ... 512 minutes, ... 10 times in total". */
export const FIRST_RETRY_MS = 60_000
const MAX_RETRIES = 10

/** Cashy, Webhook, TIP: "When the webhooks response HTTP status code is 200, 301 or 302". */
const TAKEN: readonly number[] = [200, 301, 302]

interface DeliveryOptions {
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
