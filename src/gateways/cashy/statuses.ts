/** What Cashy's statuses and types of orders and payouts mean. */

import { meaningOf } from "../shared/messages"

export type CashyOrderState = "pending" | "paid" | "failed"

/** Every value that Cashy documents for `orderStatus` (Cashy, "Payin Order Status Enum"). */
const orderStates: Readonly<Record<string, CashyOrderState>> = {
  PAYING: "pending", // also when the shopper paid another amount: that comes as an order of its own
  SUCCESS: "paid", // final
  FAIL: "failed", // final
}

/**
 * Assumption: a status that is not documented, or none at all, means that the shopper has not paid yet. It is
 * the safe reading: nothing is sold for it, and the order is asked about again.
 */
export function orderState(orderStatus: string | null | undefined): CashyOrderState {
  return meaningOf(orderStates, orderStatus) ?? "pending"
}

/**
 * - `ours`: opened through the API
 * - `additional`: money that came on top of an order or in its place
 * - `by_hand`: opened by a person in Cashy's dashboard
 */
type CashyOrderOrigin = "ours" | "additional" | "by_hand"

/** Every value that Cashy documents for `orderType` (Cashy, "Webhook Request Parameters"). */
const origins: Readonly<Record<string, CashyOrderOrigin>> = {
  API: "ours",
  DESK: "ours", // an order of the API whose shopper went through the pay desk
  PATCH: "additional",
  MCH: "by_hand",
}

/**
 * Assumption: a callback without a type, as the vendor's first sample has none, and one with an unknown
 * type tell of the order that they name. Whatever they tell is asked about before it counts.
 */
export function orderOrigin(orderType: string | null | undefined): CashyOrderOrigin {
  return meaningOf(origins, orderType) ?? "ours"
}

export type CashyPayoutState = "processing" | "succeeded" | "failed"

/** Every value that Cashy documents for a payout's `orderStatus` (Cashy, "Payout Order Status Enum"). */
const payoutStates: Readonly<Record<string, CashyPayoutState>> = {
  PROCESSING: "processing",
  WAITING: "processing",
  PAYING: "processing",
  SUCCESS: "succeeded", // final
  FAIL: "failed", // final; said of one that had succeeded, it means that the money came back
  CANCEL: "failed", // final: Cashy itself did not send it
}

/** A status that is not documented, or none at all, ends nothing: the payout is asked about again. */
export function payoutState(orderStatus: string | null | undefined): CashyPayoutState {
  return meaningOf(payoutStates, orderStatus) ?? "processing"
}
