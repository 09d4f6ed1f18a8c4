/** What Paymentz's statuses mean for payments, payouts, and operations whose answer was lost. */

import { meaningOf } from "../shared/messages"
import { type DecimalString, equal, isPositive } from "../shared/money"
import type { PaymentzPaymentType } from "./messages"
import type { ListedTransaction } from "./transaction-list"

/** What a transaction's status says about the money. */
export type TransactionStage =
  | "open" // nothing was taken or reserved yet
  | "moving" // a capture, a reversal or a refund is on its way
  | "reserved"
  | "captured"
  | "approved" // either of the two: the short status alone, for what a browser could make a reservation or a debit
  | "capture_failed"
  | "failed"
  | "canceled"
  | "reversed" // a reservation that was released, or money that was given back
  | "charged_back"

/** Every value of `status` that the vendor lists (Paymentz, "Payment Statuses"). */
const stages: Readonly<Record<string, TransactionStage>> = {
  begun: "open",
  authstarted: "open",
  authsuccessful: "reserved",
  authfailed: "failed",
  authcancelled: "canceled",
  cancelstarted: "moving",
  cancelled: "canceled",
  capturestarted: "moving",
  capturesuccess: "captured",
  capturefailed: "capture_failed", // nothing was taken, but a reservation may still stand
  settled: "captured",
  markedforreversal: "moving",
  reversed: "reversed",
  chargeback: "charged_back",
  failed: "failed",
  payoutstarted: "open", // of a payout, never of a payment
  payoutsuccessful: "open",
  payoutfailed: "open",
}

/**
 * The short statuses, which stand in `transactionStatus` and on some pages in `status` (Paymentz, "Standard
 * Checkout"). Assumption: in an inquiry's answer a `Y` says that what was asked for was done, so that it
 * hangs on the payment's type what that is. Only where the shop's own server has sent the type: the form of the hosted
 * page does not sign it, and a browser can change it.
 */
const shortStages: Readonly<Record<PaymentzPaymentType, Record<string, TransactionStage>>> = {
  DB: { Y: "captured", N: "failed", P: "open", "3D": "open", C: "canceled" },
  PA: { Y: "reserved", N: "failed", P: "open", "3D": "open", C: "canceled" },
}

/**
 * A status that stands in neither table says nothing about the money: the payment is still open.
 *
 * @param paymentType undefined where nobody but a browser has told the gateway
 */
export function transactionStage(
  rawStatus: string | undefined,
  paymentType: PaymentzPaymentType | undefined
): TransactionStage {
  return meaningOf(stages, rawStatus?.toLowerCase()) ?? shortStage(rawStatus, paymentType) ?? "open"
}

function shortStage(
  rawStatus: string | undefined,
  paymentType: PaymentzPaymentType | undefined
): TransactionStage | undefined {
  if (paymentType !== undefined) {
    return meaningOf(shortStages[paymentType], rawStatus)
  }
  const [debit, reservation] = [
    meaningOf(shortStages.DB, rawStatus),
    meaningOf(shortStages.PA, rawStatus),
  ]
  return debit === reservation ? debit : "approved"
}

/** The status as the vendor's list has it; undefined for what is not in the list of long statuses. */
export function listedStatus(rawStatus: string | undefined): string | undefined {
  const listed = rawStatus?.toLowerCase()
  return meaningOf(stages, listed) === undefined ? undefined : listed
}

/** Whether it says that the shopper's bank took a payment back. */
export function isChargebackStatus(rawStatus: string | undefined): boolean {
  return meaningOf(stages, rawStatus?.toLowerCase()) === "charged_back"
}

/** Whether a message is about a payout. */
export function isPayoutStatus(rawStatus: string | undefined): boolean {
  return /^payout/i.test(rawStatus ?? "")
}

export type PaymentzPayoutState = "processing" | "succeeded" | "failed" | "returned"

/**
 * The values of `status` that the vendor lists for a payout (Paymentz, "Payment Statuses"), and what each says
 * of the money. The short statuses are in no row: `Y` says that what was asked for was done, and not whether
 * money was sent or a question answered.
 */
const states: Readonly<Record<string, PaymentzPayoutState>> = {
  payoutstarted: "processing",
  payoutsuccessful: "succeeded",
  payoutfailed: "failed", // said of one that had succeeded, it means that the money came back
  reversed: "returned", // Assumption: of a payout it means that the money came back
}

/** @returns undefined for a status that is in no row: it says nothing about the money */
export function payoutState(rawStatus: string | undefined): PaymentzPayoutState | undefined {
  return meaningOf(states, rawStatus?.toLowerCase())
}

/** `may_repeat`: it was not made, or the gateway refuses to make it twice. */
type FoundOutcome = "done" | "declined" | "unknown" | "may_repeat"

type ByStage = Readonly<Record<TransactionStage, FoundOutcome>>

/**
 * What a payment's stage says about an operation whose answer never came, where the list of transactions does not
 * name an amount for it.
 */
const outcomes: Readonly<Record<"capture" | "refund" | "void", ByStage>> = {
  capture: {
    reserved: "may_repeat", // a reservation is captured once: of two captures one is refused
    capture_failed: "declined",
    canceled: "declined",
    captured: "unknown", // somebody captured, but nothing says how much
    approved: "may_repeat", // as of a reservation: of two captures one is refused
    reversed: "unknown",
    charged_back: "unknown",
    moving: "unknown",
    failed: "declined",
    open: "unknown",
  },
  refund: {
    captured: "may_repeat", // "not possible to refund the same transaction more than once"
    approved: "may_repeat",
    reversed: "unknown", // somebody refunded, but nothing says how much
    charged_back: "unknown",
    moving: "unknown",
    reserved: "unknown",
    capture_failed: "unknown",
    canceled: "unknown",
    failed: "unknown",
    open: "unknown",
  },
  void: {
    reserved: "may_repeat", // all of it or nothing: of two reversals one is refused
    canceled: "done",
    reversed: "done",
    captured: "declined",
    approved: "may_repeat", // of a captured payment it is refused
    charged_back: "declined",
    capture_failed: "unknown",
    moving: "unknown",
    failed: "done", // nothing is reserved
    open: "unknown",
  },
}

/** What became of a capture or a refund of `wanted`, by the list's line about the payment and its stage. */
export function amountOutcome(
  kind: "capture" | "refund",
  wanted: DecimalString,
  stage: TransactionStage,
  line: ListedTransaction | undefined
): FoundOutcome {
  const moved = kind === "capture" ? line?.captured : line?.refunded
  if (moved === undefined || !isPositive(moved)) {
    return outcomes[kind][stage]
  }
  // Each is made once in a payment's life: where another amount was moved, ours was not.
  return equal(moved, wanted) ? "done" : "declined"
}

/**
 * Whether a refund that was said to be made still stands. It failed where the payment is captured as before and the list
 * names nothing as refunded; a list that says nothing proves nothing.
 */
export function refundReview(
  stage: TransactionStage,
  line: ListedTransaction | undefined
): "stands" | "failed" | "unknown" {
  const refunded = line?.refunded
  if (stage === "reversed" || (refunded !== undefined && isPositive(refunded))) {
    return "stands"
  }
  return stage === "captured" && refunded !== undefined ? "failed" : "unknown"
}

/** What became of a reversal; money that was given back after a capture is none. */
export function voidOutcome(
  stage: TransactionStage,
  line: ListedTransaction | undefined
): FoundOutcome {
  const wasCaptured = line?.captured !== undefined && isPositive(line.captured)
  return wasCaptured ? "declined" : outcomes.void[stage]
}
