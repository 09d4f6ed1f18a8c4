import { proofOf, readCallback, readNotice } from "../../gateways/paymentz/notice"
import { isPayoutWord } from "../../gateways/paymentz/transaction-status"
import type { Secret } from "../../gateways/shared/secret"
import type { ReturnFields, ReturnReading } from "../base/payment-gateway"
import type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook-reading"

/** The long status is not signed, but tells a chargeback from the payment before it: both are in the key. */
export function parseWebhook(
  { rawBody }: WebhookMessage,
  secureKeys: readonly Secret[]
): WebhookReading {
  const notice = rawBody && readCallback(rawBody)
  if (!notice?.reference) {
    return { type: "unreadable", reason: "it names no merchantTransactionId, as JSON or as a form" }
  }
  const proof = proofOf(notice, secureKeys)
  if (proof === "forged") {
    return { type: "forged" }
  }
  const { paymentId, reference, amount, shortStatus, word = "" } = notice
  if (isPayoutWord(word)) {
    return { type: "foreign", reason: "it tells of a payout" }
  }
  return {
    type: "event",
    reference,
    word,
    ...(paymentId ? { gatewayId: paymentId } : {}),
    ...(proof === "genuine" ? { eventKey: [paymentId, shortStatus, word, amount].join("|") } : {}),
    ...(amount ? { claimedAmount: amount } : {}),
  }
}

/** The browser's form, under the names of today or of older pages (Paymentz, "Standard Checkout"). */
export function parseReturn(fields: ReturnFields): ReturnReading {
  const { reference, paymentId } = readNotice(fields) ?? {}
  return {
    ...(reference ? { reference } : {}),
    ...(paymentId ? { gatewayId: paymentId } : {}),
  }
}
