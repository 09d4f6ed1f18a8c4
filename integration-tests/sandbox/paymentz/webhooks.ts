import {
  type SentWebhooks,
  type WebhookMessage,
  WebhookNotifier,
  type WebhookSender,
} from "../shared/webhook-sender"
import { paymentReply, type PaymentReply } from "./payment-routes"
import type { Changed, PaymentzPayment } from "./payments"
import { type Payout, payoutReply } from "./payouts"
import { checksum } from "./protocol"
import type { PaymentzCredentials, PaymentzSettings } from "./sandbox"

/** What tests see and do of the callbacks. */
export interface PaymentzCallbacks extends SentWebhooks {
  /** Sends any callback, signed as the settings say, also while `callbacksOn` is false. */
  send(fields: CallbackFields, notificationUrl?: string): void
  /** Sends these very fields, as somebody else can do. */
  sendAsIs(fields: Readonly<Record<string, string>>, url: string): void
}

export class Notifier extends WebhookNotifier implements PaymentzCallbacks {
  constructor(
    sender: WebhookSender,
    private readonly credentials: PaymentzCredentials,
    private readonly settings: () => PaymentzSettings,
    private readonly now: () => number
  ) {
    super(sender)
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

/** What a callback says: the fields of an answer, at the least those that its checksum covers. */
export type CallbackFields = Pick<
  PaymentReply,
  "paymentId" | "merchantTransactionId" | "amount" | "transactionStatus"
> &
  Partial<PaymentReply>

interface CallbackOptions {
  readonly secureKey: string
  readonly nullKey: boolean
  readonly notifyUrl: string | undefined
}

const CALLBACK_HEADERS = { "content-type": "application/json; charset=UTF-8" } as const

/** Where the key or the paymentId is missing the platform joins the word for nothing. */
const NOTHING = "null"

/** "JSON string in the form of UTF-8 with result data including the signature". */
function callbackMessage(fields: CallbackFields, options: CallbackOptions): WebhookMessage {
  const { paymentId, merchantTransactionId, amount, transactionStatus = "P" } = fields
  const isNullSigned = options.nullKey && transactionStatus === "C"
  const signed = checksum("callback", {
    paymentId: isNullSigned ? NOTHING : paymentId,
    merchantTransactionId,
    amount,
    transactionStatus,
    secureKey: isNullSigned ? NOTHING : options.secureKey,
  })
  const { paymentId: _left, ...withoutPaymentId } = fields
  return {
    reference: merchantTransactionId,
    notifyUrl: options.notifyUrl,
    headers: CALLBACK_HEADERS,
    body: JSON.stringify({ ...(isNullSigned ? withoutPaymentId : fields), checksum: signed }),
  }
}
