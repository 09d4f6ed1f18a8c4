import type { WebhookDelivery, WebhookSender } from "../shared/webhook-sender"
import type { CashyCredentials, Links } from "./context"
import type { CashyOrder } from "./order"
import type { CashyPayout } from "./payouts"
import type { CashySettings } from "./settings"
import { timeText } from "./time"
import { webhookMessage, type CashyEvent } from "./webhook-message"
import { isOrderEnd, isPayoutEnd } from "./words"

/** What tests see and do of the webhooks. */
export interface CashyWebhooks {
  readonly deliveries: readonly WebhookDelivery[]
  readonly pending: readonly WebhookDelivery[]
  readonly sent: readonly WebhookDelivery[]
  settled(): Promise<void>
  /** Sends any event, signed as the settings say, also while `webhooksOn` is false. */
  send(event: CashyEvent): void
}

export interface NotifierOptions {
  readonly sender: WebhookSender
  readonly credentials: CashyCredentials
  readonly settings: () => CashySettings
  readonly links: (order: CashyOrder) => Links
  readonly randomDigits: (count: number) => string
}

export class Notifier implements CashyWebhooks {
  readonly #options: NotifierOptions

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  get deliveries(): readonly WebhookDelivery[] {
    return this.#options.sender.deliveries
  }

  get pending(): readonly WebhookDelivery[] {
    return this.#options.sender.pending
  }

  get sent(): readonly WebhookDelivery[] {
    return this.#options.sender.sent
  }

  settled(): Promise<void> {
    return this.#options.sender.settled()
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
