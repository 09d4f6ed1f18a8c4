import type { WebhookMessage } from "../shared/webhook-sender"
import { checksum } from "./checksum"
import type { PaymentReply } from "./payment-reply"

/** What a callback says: the fields of an answer, at the least those that its checksum covers. */
export type CallbackFields = Pick<
  PaymentReply,
  "paymentId" | "merchantTransactionId" | "amount" | "transactionStatus"
> &
  Partial<PaymentReply>

export interface CallbackOptions {
  readonly secureKey: string
  readonly nullKey: boolean
  readonly notifyUrl: string | undefined
}

export const CALLBACK_HEADERS = { "content-type": "application/json; charset=UTF-8" } as const

/** Where the key or the paymentId is missing the platform joins the word for nothing. */
const NOTHING = "null"

/** "JSON string in the form of UTF-8 with result data including the signature". */
export function callbackMessage(fields: CallbackFields, options: CallbackOptions): WebhookMessage {
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
