import type { WebhookMessage } from "../shared/webhook-sender"
import { PAYMENT_MODE } from "./currency"
import { signWebhook, type SignatureEncoding } from "./signature"

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

export interface MessageOptions {
  readonly secret: string
  readonly signatureEncoding: SignatureEncoding
  readonly webhookEncoding: "json" | "form"
}

/** Mocasa, Webhook, "Request Parameters": `amount` is a number, `txTime` a string. */
export function webhookMessage(event: MocasaEvent, options: MessageOptions): WebhookMessage {
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
