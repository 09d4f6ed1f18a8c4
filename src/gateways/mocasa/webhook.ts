import { parseJsonOrForm } from "../shared/json"
import type { OwnReferences, WebhookMessage, WebhookReport } from "../shared/webhook"
import type { Secret } from "../shared/secret"
import { webhookBodyOf, type MocasaWebhookBody } from "./messages"
import { isSignedByMocasa, type MocasaSignatureEncoding } from "./signature"

export type MocasaWebhookTrust = {
  /** Whose signature is taken: more than one while a secret is being changed. */
  secrets: readonly Secret[]
  signatureEncoding: MocasaSignatureEncoding
  references: Pick<OwnReferences, "isPayout">
}

/**
 * What a webhook says of an order or of a payout: Mocasa's dashboard has one address for both.
 *
 * Assumption: of a payout `transferSerialNo` is signed in the place of `orderNo`.
 */
export function readWebhook(
  { rawBody, headers }: WebhookMessage,
  { secrets, signatureEncoding, references }: MocasaWebhookTrust
): WebhookReport {
  const body = readWebhookBody(rawBody)
  const reference = body?.orderNo || body?.transferSerialNo
  if (!body || !reference) {
    return { type: "unreadable", reason: "it has no orderNo or no txStatus, as JSON or as a form" }
  }
  const { orderNo, txStatus, amount } = body
  const signed = { orderNo: reference, txStatus }
  if (!isSignedByMocasa(signed, headers.signature, secrets, signatureEncoding)) {
    return { type: "forged" }
  }
  if (!orderNo && !references.isPayout(reference)) {
    return { type: "foreign", reason: "it tells of a payout that is none of this shop's" }
  }
  return {
    type: "event",
    reference,
    rawStatus: txStatus,
    eventKey: [reference, txStatus].join("|"),
    claimedAmount: amount === undefined ? undefined : String(amount),
  }
}

/**
 * The fields of a webhook's body, or undefined for anything that is none.
 *
 * Assumption: JSON or a form, since the vendor does not say which; the first character tells them apart.
 */
export function readWebhookBody(rawBody: Buffer): MocasaWebhookBody | undefined {
  return webhookBodyOf(parseJsonOrForm(rawBody))
}
