import type { WebhookDelivery, WebhookSender } from "../shared/webhook-sender"
import { callbackMessage, CALLBACK_HEADERS, type CallbackFields } from "./callback"
import type { PaymentzCredentials } from "./context"
import type { PaymentzPayment } from "./payment"
import { paymentReply } from "./payment-reply"
import type { Changed } from "./payments"
import { payoutReply } from "./payout-reply"
import type { Payout } from "./payouts"
import type { PaymentzSettings } from "./settings"

/** What tests see and do of the callbacks. */
export interface PaymentzCallbacks {
  readonly deliveries: readonly WebhookDelivery[]
  readonly pending: readonly WebhookDelivery[]
  readonly sent: readonly WebhookDelivery[]
  settled(): Promise<void>
  /** Sends any callback, signed as the settings say, also while `callbacksOn` is false. */
  send(fields: CallbackFields, notificationUrl?: string): void
  /** Sends these very fields, as somebody else can do. */
  sendAsIs(fields: Readonly<Record<string, string>>, url: string): void
}

export class Notifier implements PaymentzCallbacks {
  constructor(
    private readonly sender: WebhookSender,
    private readonly credentials: PaymentzCredentials,
    private readonly settings: () => PaymentzSettings,
    private readonly now: () => number
  ) {}

  get deliveries(): readonly WebhookDelivery[] {
    return this.sender.deliveries
  }

  get pending(): readonly WebhookDelivery[] {
    return this.sender.pending
  }

  get sent(): readonly WebhookDelivery[] {
    return this.sender.sent
  }

  settled(): Promise<void> {
    return this.sender.settled()
  }

  /** Of what the shopper, the bank or the issuer decided. */
  decided({ payment, changed }: Changed): PaymentzPayment {
    if (changed) this.told(payment)
    return payment
  }

  /** Of a capture, a refund or a reversal. */
  moved(payment: PaymentzPayment): PaymentzPayment {
    if (this.settings().callbacksOfMoves) this.told(payment)
    return payment
  }

  told(payment: PaymentzPayment): PaymentzPayment {
    if (this.settings().callbacksOn) {
      this.send(
        paymentReply(payment, this.credentials, this.now()),
        payment.notificationUrl ?? undefined
      )
    }
    return payment
  }

  /** Of a payout that has come to an end. Assumption: in the shape of its answer. */
  paidOut(payout: Payout): Payout {
    if (payout.status !== "payoutstarted" && this.settings().callbacksOn) {
      this.send(payoutReply(payout), payout.notificationUrl ?? undefined)
    }
    return payout
  }

  send(fields: CallbackFields, notificationUrl?: string): void {
    const { callbackAmount, callbackCopies, callbackUrl, forgeCallbacks, nullKey, ...settings } =
      this.settings()
    const secureKey = settings.callbackKey ?? this.credentials.secureKey
    const message = callbackMessage(
      { ...fields, amount: callbackAmount ?? fields.amount },
      {
        secureKey: forgeCallbacks ? `not ${secureKey}` : secureKey,
        nullKey,
        notifyUrl: callbackUrl ?? notificationUrl,
      }
    )
    for (let copy = 0; copy < callbackCopies; copy += 1) this.sender.send(message)
  }

  sendAsIs(fields: Readonly<Record<string, string>>, url: string): void {
    this.sender.send({
      reference: fields["merchantTransactionId"] ?? "",
      notifyUrl: url,
      headers: CALLBACK_HEADERS,
      body: JSON.stringify(fields),
    })
  }
}
