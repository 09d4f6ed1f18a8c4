import {
  type SentWebhooks,
  type WebhookMessage,
  WebhookNotifier,
  type WebhookSender,
} from "../shared/webhook-sender"
import type { MocasaOrder } from "./orders"
import type { Transfer } from "./payouts"
import { isFinal, PAYMENT_MODE, type SignatureEncoding, signWebhook } from "./protocol"
import type { MocasaSettings } from "./sandbox"

/** What tests see and do of the webhooks. */
export interface MocasaWebhooks extends SentWebhooks {
  readonly enabled: boolean
  /** As the merchant does in the dashboard after the webhook was switched off. */
  enable(): void
  /** Sends any event, signed as the settings say, also while `webhooksOn` is false. */
  send(event: MocasaEvent): void
}

export class Notifier extends WebhookNotifier implements MocasaWebhooks {
  readonly #secret: string
  readonly #settings: () => MocasaSettings

  constructor(sender: WebhookSender, secret: string, settings: () => MocasaSettings) {
    super(sender)
    this.#secret = secret
    this.#settings = settings
  }

  get enabled(): boolean {
    return this.sender.enabled
  }

  enable(): void {
    this.sender.enable()
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
    for (let copy = 0; copy < webhookCopies; copy += 1) this.sender.send(message)
  }
}

export interface MocasaEvent {
  /**
   * Assumption: a transfer is told of in the same shape as an order, with its serial number in place of the order's
   * number; Mocasa's page ("Webhook") speaks of payout events and shows none.
   */
  readonly about: "orderNo" | "transferSerialNo"
  readonly reference: string
  readonly amount: number
  readonly txStatus: string
  readonly txMessage: string
  /** Epoch, milliseconds. */
  readonly txTime: number
}

interface MessageOptions {
  readonly secret: string
  readonly signatureEncoding: SignatureEncoding
  readonly webhookEncoding: "json" | "form"
}

/** Mocasa, Webhook, "Request Parameters": `amount` is a number, `txTime` a string. */
function webhookMessage(event: MocasaEvent, options: MessageOptions): WebhookMessage {
  const fields = {
    [event.about]: event.reference,
    amount: event.amount,
    txStatus: event.txStatus,
    txMessage: event.txMessage,
    txTime: String(event.txTime),
    paymentMode: PAYMENT_MODE,
  }
  const signature = signWebhook(event, options.secret, options.signatureEncoding)
  switch (options.webhookEncoding) {
    case "json":
      return {
        reference: event.reference,
        headers: { "content-type": "application/json", signature },
        body: JSON.stringify(fields),
      }
    case "form":
      return {
        reference: event.reference,
        headers: { "content-type": "application/x-www-form-urlencoded", signature },
        body: new URLSearchParams({ ...fields, amount: String(event.amount) }).toString(),
      }
  }
}
