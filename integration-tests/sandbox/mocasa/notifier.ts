import type { WebhookDelivery, WebhookSender } from "../shared/webhook-sender"
import type { MocasaOrder } from "./orders"
import { isFinal } from "./outcome"
import type { Transfer } from "./payouts"
import type { MocasaSettings } from "./settings"
import { webhookMessage, type MocasaEvent } from "./webhook-message"

/** What tests see and do of the webhooks. */
export interface MocasaWebhooks {
  readonly enabled: boolean
  /** As the merchant does in the dashboard after the webhook was switched off. */
  enable(): void
  readonly deliveries: readonly WebhookDelivery[]
  readonly pending: readonly WebhookDelivery[]
  readonly sent: readonly WebhookDelivery[]
  settled(): Promise<void>
  /** Sends any event, signed as the settings say, also while `webhooksOn` is false. */
  send(event: MocasaEvent): void
}

export class Notifier implements MocasaWebhooks {
  readonly #sender: WebhookSender
  readonly #secret: string
  readonly #settings: () => MocasaSettings

  constructor(sender: WebhookSender, secret: string, settings: () => MocasaSettings) {
    this.#sender = sender
    this.#secret = secret
    this.#settings = settings
  }

  get enabled(): boolean {
    return this.#sender.enabled
  }

  enable(): void {
    this.#sender.enable()
  }

  get deliveries(): readonly WebhookDelivery[] {
    return this.#sender.deliveries
  }

  get pending(): readonly WebhookDelivery[] {
    return this.#sender.pending
  }

  get sent(): readonly WebhookDelivery[] {
    return this.#sender.sent
  }

  settled(): Promise<void> {
    return this.#sender.settled()
  }

  /** Of an order the shopper has paid or declined. */
  orderChanged(order: MocasaOrder): void {
    if (order.transaction === null || !this.#settings().webhooksOn) return
    this.send({
      about: "orderNo",
      reference: order.orderNo,
      amount: Number(order.amount),
      ...order.transaction,
    })
  }

  /** Of a transfer that has come to its end, whichever. */
  transferChanged(transfer: Transfer): void {
    if (!isFinal(transfer.txStatus) || !this.#settings().webhooksOn) return
    const { transferSerialNo, amount, txStatus, txMessage, txTime } = transfer
    this.send({
      about: "transferSerialNo",
      reference: transferSerialNo,
      amount: Number(amount),
      txStatus,
      txMessage,
      txTime,
    })
  }

  send(event: MocasaEvent): void {
    const { forgeWebhooks, webhookAmount, webhookCopies, ...encodings } = this.#settings()
    const message = webhookMessage(
      { ...event, amount: webhookAmount ?? event.amount },
      { ...encodings, secret: forgeWebhooks ? `not ${this.#secret}` : this.#secret }
    )
    for (let copy = 0; copy < webhookCopies; copy += 1) this.#sender.send(message)
  }
}
