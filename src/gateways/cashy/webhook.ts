/** Verifies and reads Cashy's callbacks. */

import { isObjectText, parseJsonObject } from "../shared/json"
import type { Secret } from "../shared/secret"
import type { OwnReferences, WebhookMessage, WebhookReport } from "../shared/webhook"
import { callbackOf, type CashyCallback, isNumberOf } from "./messages"
import { isSignedByCashy } from "./signature"
import { orderOrigin } from "./statuses"

export type CashyWebhookTrust = {
  /** Whose signature is taken: more than one while a key is being changed. */
  apiKeys: readonly Secret[]
  references: OwnReferences
}

const referenceLength = 27

/** What a callback says of an order or of a payout, whichever of the two its address was given for. */
export function readWebhook(
  { rawBody, headers }: WebhookMessage,
  { apiKeys, references }: CashyWebhookTrust
): WebhookReport {
  // Before the digest, which costs a hundred times as much: whoever signed it, nothing could be read of it.
  if (isObjectText(rawBody) === false) {
    return unreadable
  }
  if (!isSignedByCashy(rawBody, headers.sign, apiKeys)) {
    return { type: "forged" }
  }
  const callback = readCallback(rawBody)
  return callback ? reading(callback, references) : unreadable
}

const unreadable: WebhookReport = {
  type: "unreadable",
  reason: "it is not JSON with an orderNo, an mchOrderNo and an orderStatus",
}

function reading(callback: CashyCallback, references: OwnReferences): WebhookReport {
  const origin = orderOrigin(callback.orderType)
  if (origin === "by_hand") {
    return { type: "foreign", reason: "it tells of an order made by hand in Cashy's dashboard" }
  }
  const reference = referenceOf(callback, references)
  if (reference === undefined) {
    return { type: "foreign", reason: "neither of its numbers is a reference of this shop's" }
  }
  const { orderNo, orderStatus, amount } = callback
  const isClaim = origin === "ours" && amount !== undefined
  return {
    type: "event",
    reference,
    rawStatus: orderStatus,
    gatewayId: orderNo,
    eventKey: [orderNo, orderStatus].join("|"),
    // An additional payment is seldom what was ordered: only that of an order itself is worth a comparison.
    claimedAmount: isClaim ? String(amount) : undefined,
  }
}

/**
 * A payout has one number, which stands as it is.
 *
 * Assumption: of the two numbers of an additional payment either can be the plain one, because the vendor's
 * text puts the serial number behind `mchOrderNo` and its sample behind `patchMchOrderNo`.
 */
function referenceOf(
  { patchMchOrderNo, mchOrderNo }: CashyCallback,
  references: OwnReferences
): string | undefined {
  if (references.isPayout(mchOrderNo)) {
    return mchOrderNo
  }
  for (const number of [patchMchOrderNo, mchOrderNo]) {
    const reference = number?.slice(0, referenceLength)
    if (number && reference && references.isOrder(reference) && isNumberOf(number, reference)) {
      return reference
    }
  }
  return undefined
}

/** The fields of a callback's body, or undefined for anything that is none. Whose it is has to be checked. */
export function readCallback(rawBody: Buffer): CashyCallback | undefined {
  return callbackOf(parseJsonObject(rawBody))
}
