import type { OwnReferences, WebhookMessage, WebhookReading } from "../shared/webhook"
import type { Secret } from "../shared/secret"
import { proofOf, readCallback } from "./notice"
import { isPayoutWord, listedWord } from "./transaction-status"

export type PaymentzWebhookTrust = {
  /** Whose signature is taken: more than one while the key is being changed. */
  secureKeys: readonly Secret[]
  references: Pick<OwnReferences, "isPayout">
}

/**
 * What a callback says of a payment or of a payout, whichever of the two its address was given for.
 *
 * The long status is not signed, but tells a chargeback from the payment before it: both are in the key. It counts
 * as far as it is one of the vendor's list, so that whoever has one signature makes no more events of it than there
 * are such words.
 */
export function readWebhook(
  { rawBody }: WebhookMessage,
  { secureKeys, references }: PaymentzWebhookTrust
): WebhookReading {
  const notice = readCallback(rawBody)
  if (!notice?.reference) {
    return { type: "unreadable", reason: "it names no merchantTransactionId, as JSON or as a form" }
  }
  const proof = proofOf(notice, secureKeys)
  if (proof === "forged") {
    return { type: "forged" }
  }
  const { paymentId, reference, amount, shortStatus } = notice
  const word = listedWord(notice.word) ?? shortStatus ?? ""
  if (isPayoutWord(notice.word) && !references.isPayout(reference)) {
    return { type: "foreign", reason: "it tells of a payout that is none of this shop's" }
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
