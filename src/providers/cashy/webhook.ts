import { readCallback } from "../../gateways/cashy/callback"
import type { CashyCallback } from "../../gateways/cashy/messages"
import { isNumberOf } from "../../gateways/cashy/order-number"
import { orderOrigin } from "../../gateways/cashy/order-type"
import { isSignedByCashy } from "../../gateways/cashy/signature"
import type { Secret } from "../../gateways/shared/secret"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook-reading"

const referenceLength = 27
/** What the references of payouts begin with; their callbacks may come to the same address. */
const payoutPrefix = "P"

/** @param apiKeys whose signature is taken: more than one while a key is being changed */
export function parseWebhook(
  { rawBody, headers }: WebhookMessage,
  apiKeys: readonly Secret[]
): WebhookReading {
  if (!rawBody) {
    return { type: "unreadable", reason: "its bytes did not come through; Cashy sends JSON" }
  }
  if (!isSignedByCashy(rawBody, headers.sign, apiKeys)) {
    return { type: "forged" }
  }
  const callback = readCallback(rawBody)
  if (!callback) {
    return {
      type: "unreadable",
      reason: "it is not JSON with an orderNo, an mchOrderNo and an orderStatus",
    }
  }
  return reading(callback)
}

function reading(callback: CashyCallback): WebhookReading {
  const origin = orderOrigin(callback.orderType)
  if (origin === "by_hand") {
    return { type: "foreign", reason: "it tells of an order made by hand in Cashy's dashboard" }
  }
  if (callback.mchOrderNo.startsWith(payoutPrefix)) {
    return { type: "foreign", reason: "it tells of a payout" }
  }
  const reference = referenceOf(callback)
  if (reference === undefined) {
    return { type: "foreign", reason: "neither of its numbers is a reference of this shop's" }
  }
  const { orderNo, orderStatus, amount } = callback
  const isClaim = origin === "ours" && amount !== undefined && amount !== null
  return {
    type: "event",
    reference,
    word: orderStatus,
    gatewayId: orderNo,
    eventKey: `${orderNo}|${orderStatus}`,
    // An additional payment is seldom what was ordered: only that of an order itself is worth a comparison.
    ...(isClaim ? { claimedAmount: String(amount) } : {}),
  }
}

/**
 * Assumption: of the two numbers of an additional payment either can be the plain one, because the vendor's
 * text puts the serial number behind `mchOrderNo` and its sample behind `patchMchOrderNo`.
 */
function referenceOf({ patchMchOrderNo, mchOrderNo }: CashyCallback): string | undefined {
  for (const number of [patchMchOrderNo, mchOrderNo]) {
    const reference = number?.slice(0, referenceLength)
    if (number && reference && parseOrderReference(reference) && isNumberOf(number, reference)) {
      return reference
    }
  }
  return undefined
}
