/** Verifies and reads Paymentz's callbacks. */

import { parseJsonOrForm } from "../shared/json"
import { isFields } from "../shared/messages"
import { fixedAt, tryDecimal } from "../shared/money"
import { Secret } from "../shared/secret"
import type { OwnReferences, WebhookMessage, WebhookReport } from "../shared/webhook"
import { isSignedCallback } from "./signature"
import { isPayoutStatus, listedStatus } from "./statuses"

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
): WebhookReport {
  const notice = readCallback(rawBody)
  if (!notice?.reference) {
    return { type: "unreadable", reason: "it names no merchantTransactionId, as JSON or as a form" }
  }
  const proof = proofOf(notice, secureKeys)
  if (proof === "forged") {
    return { type: "forged" }
  }
  const { paymentId, reference, amount, shortStatus } = notice
  const rawStatus = listedStatus(notice.rawStatus) ?? shortStatus ?? ""
  if (isPayoutStatus(notice.rawStatus) && !references.isPayout(reference)) {
    return { type: "foreign", reason: "it tells of a payout that is none of this shop's" }
  }
  return {
    type: "event",
    reference,
    rawStatus,
    ...(paymentId ? { gatewayId: paymentId } : {}),
    ...(proof === "genuine"
      ? { eventKey: [paymentId, shortStatus, rawStatus, amount].join("|") }
      : {}),
    ...(amount ? { claimedAmount: amount } : {}),
  }
}

/** What a callback or the shopper's return says, under the names of today; every text as it was received. */
type PaymentzNotice = {
  paymentId?: string
  reference?: string
  amount?: string
  /** The short status, such as `N`. */
  shortStatus?: string
  /** The long status, or the short one where there is no other. */
  rawStatus?: string
  checksum?: string
}

/** A text exactly as it was signed; a number as it is written. An empty text stands for nothing. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value
  return typeof text === "string" && text !== "" ? text : undefined
}

/**
 * Assumption: an amount that comes as a number was signed with two decimals, as all amounts are written; one
 * that comes as text counts as it is.
 */
function amountOf(value: unknown): string | undefined {
  const exact = typeof value === "number" ? tryDecimal(value) : undefined
  return exact === undefined ? textOf(value) : fixedAt(exact, 2)
}

/**
 * The fields of a notice; undefined for what is no object at all. Under the names of today and those of older pages
 * (Paymentz, "Standard Checkout", response): there `status` can hold the short status and `transactionStatus` be
 * missing.
 */
export function readNotice(fields: unknown): PaymentzNotice | undefined {
  if (!isFields(fields)) {
    return undefined
  }
  const status = textOf(fields.status)
  const transactionStatus = textOf(fields.transactionStatus)
  return {
    paymentId: plainNumber(textOf(fields.paymentId) ?? textOf(fields.trackingid)),
    reference: textOf(fields.merchantTransactionId) ?? textOf(fields.desc),
    amount: amountOf(fields.amount),
    shortStatus: transactionStatus ?? status,
    rawStatus: status ?? transactionStatus,
    checksum: textOf(fields.checksum),
  }
}

/** A callback's body: JSON by the vendor's overview; a form is read as well. */
export function readCallback(rawBody: Buffer): PaymentzNotice | undefined {
  return readNotice(parseJsonOrForm(rawBody))
}

/** The number is kept and sent on as part of a path: nothing that could not be one. */
function plainNumber(paymentId: string | undefined): string | undefined {
  return paymentId !== undefined && /^[\w-]{1,64}$/.test(paymentId) ? paymentId : undefined
}

/**
 * - `genuine`: signed with the merchant's key
 * - `hint`: signed in a way that anybody could, or without the number of a payment
 * - `forged`: not signed, or wrongly
 */
type NoticeProof = "genuine" | "hint" | "forged"

/** What the vendor's own shop plugin takes for the key of a canceled payment, and for a missing number. */
const nullText = "null"
const canceled = "C"

/**
 * Who sent a callback. It is signed over its texts as they came, with the short status.
 *
 * A canceled payment is also signed with the literal key `null`, which anybody can do, and a payment that
 * never began has the literal number `null`: both only say whom to ask about.
 *
 * @param secureKeys more than one while the key is being changed
 */
export function proofOf(notice: PaymentzNotice, secureKeys: readonly Secret[]): NoticeProof {
  if (secureKeys.some((key) => isSignedWith(notice, key))) {
    return notice.paymentId === undefined ? "hint" : "genuine"
  }
  const isUnsignedCancel =
    notice.shortStatus === canceled && isSignedWith(notice, Secret.of(nullText))
  return isUnsignedCancel ? "hint" : "forged"
}

function isSignedWith(notice: PaymentzNotice, key: Secret): boolean {
  const { paymentId = nullText, reference, amount, shortStatus, checksum } = notice
  if (reference === undefined || amount === undefined || shortStatus === undefined) {
    return false
  }
  const signed = {
    paymentId,
    merchantTransactionId: reference,
    amount,
    transactionStatus: shortStatus,
  }
  return isSignedCallback(signed, checksum, key)
}
