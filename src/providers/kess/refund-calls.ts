import type { KessClient } from "../../gateways/kess/client"
import type { KessRefundCheck } from "../../gateways/kess/messages"
import { refundState } from "../../gateways/kess/statuses"
import { GatewayDeclinedError } from "../../gateways/shared/errors"
import type { MoneyMove, MoveAnswer, MoveCalls, MoveReport, ReviewAnswer } from "../base/gateway"

const defaultReason = "Refunded by the shop"

export function refundCalls(client: KessClient): MoveCalls {
  return {
    send: (move) => sendRefund(client, move),
    ask: (move) => askRefund(client, move),
    review: (move) => reviewRefund(client, move),
  }
}

async function sendRefund(
  client: KessClient,
  { reference, amount, order, reason }: MoneyMove
): Promise<MoveReport> {
  const { result, resultCode, transactionId } = await client.refund({
    outTradeNo: order.reference,
    outRefundNo: reference,
    amount,
    currency: order.currency,
    reason: reason ?? defaultReason,
  })
  return { outcome: result, code: resultCode, gatewayId: transactionId }
}

/** See refundState for why a refund that KESS does not know may be sent again under its number. */
async function askRefund(
  client: KessClient,
  { reference, amount, order }: MoneyMove
): Promise<MoveAnswer> {
  const check = await knownRefund(client, order.reference)
  if (!check) {
    return { outcome: "may_repeat" }
  }
  const wish = { outRefundNo: reference, amount, currency: order.currency }
  const state = refundState(check, wish)
  return state === "not_known"
    ? { outcome: "may_repeat" }
    : { outcome: state, message: check.message ?? undefined }
}

/**
 * Assumption: KESS answers a refund by SUCCESS only where it made it (see statuses.ts), so that a check which names
 * it and says no tells that it failed since. A check that names another refund, or none, says nothing about this one.
 */
async function reviewRefund(
  client: KessClient,
  { reference, order }: MoneyMove
): Promise<ReviewAnswer> {
  const check = await knownRefund(client, order.reference)
  if (check?.out_refund_no !== reference) {
    return { outcome: "unknown" }
  }
  return check.is_success
    ? { outcome: "stands" }
    : { outcome: "failed", message: check.message ?? undefined }
}

/** Undefined where KESS refuses the question, which is how it may say that there is no refund. */
async function knownRefund(
  client: KessClient,
  outTradeNo: string
): Promise<KessRefundCheck | undefined> {
  try {
    return await client.checkRefund(outTradeNo)
  } catch (error) {
    if (error instanceof GatewayDeclinedError && error.isNotFound) {
      return undefined
    }
    throw error
  }
}
