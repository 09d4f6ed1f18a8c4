/** What Mocasa's statuses of orders, refunds, transfers and accounts mean. */

import { meaningOf } from "../shared/messages"

export type MocasaOrderState = "paid" | "failed" | "pending"

/** Every value that Mocasa documents for `txStatus` (Mocasa, "Webhook"), and what it means for money. */
const orderStates: Readonly<Record<string, MocasaOrderState>> = {
  success: "paid",
  failed: "failed", // may still be paid later: a link that was handed out stays open
}

/**
 * Assumption: a status that is not documented, or none at all, means that the shopper has not paid yet. It is
 * the safe reading: nothing is sold for it, and the order is asked about again.
 */
export function orderState(txStatus: string | null | undefined): MocasaOrderState {
  return meaningOf(orderStates, txStatus) ?? "pending"
}

export type MocasaRefundOutcome = "done" | "declined" | "unknown"

/**
 * Assumption: the vendor publishes no values of `refundStatus`; these are the words its other calls and its
 * relatives use. Whatever stands in no row is not a confirmation, and never counts as refunded.
 */
const refundOutcomes: Readonly<Record<string, MocasaRefundOutcome>> = {
  success: "done",
  processing: "unknown", // accepted, not final: asking again is all that can be done
  pending: "unknown",
  failed: "declined",
}

export function refundOutcome(refundStatus: string | null | undefined): MocasaRefundOutcome {
  return meaningOf(refundOutcomes, refundStatus?.toLowerCase()) ?? "unknown"
}

export type MocasaTransferState = "succeeded" | "failed" | "processing"

/**
 * Every value that Mocasa documents for `txStatus` (Mocasa, "Webhook"). Assumption: of a transfer both are
 * final, because a transfer is made while the call waits for it (Mocasa, "Transfer").
 */
const transferStates: Readonly<Record<string, MocasaTransferState>> = {
  success: "succeeded",
  failed: "failed", // said of one that had succeeded, it means that the money came back
}

/** A status that is not documented, or none at all, ends nothing: the transfer is asked about again. */
export function transferState(txStatus: string | null | undefined): MocasaTransferState {
  return meaningOf(transferStates, txStatus) ?? "processing"
}

/** `open`: nobody may be paid by it yet. */
export type MocasaAccountState = "accepted" | "refused" | "open"

/**
 * Assumption: the vendor names no values of a beneficiary's `status`; these are the two ends that its other
 * calls know (Mocasa, "Create Beneficiary").
 */
const accountStates: Readonly<Record<string, MocasaAccountState>> = {
  success: "accepted",
  failed: "refused",
}

/** Any other status, or none, is no success, without which nobody is paid. */
export function accountState(status: string | null | undefined): MocasaAccountState {
  return meaningOf(accountStates, status?.toLowerCase()) ?? "open"
}
