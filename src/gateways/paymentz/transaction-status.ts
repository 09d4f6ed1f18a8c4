import { meaningOf } from "../shared/messages"
import type { PaymentzPaymentType } from "./operation"

/** What a transaction's status says about the money. */
export type TransactionStage =
  | "open" // nothing was taken or reserved yet
  | "moving" // a capture, a reversal or a refund is on its way
  | "reserved"
  | "captured"
  | "approved" // either of the two: the short word alone, for what a browser could make a reservation or a debit
  | "capture_failed"
  | "failed"
  | "canceled"
  | "reversed" // a reservation that was released, or money that was given back
  | "charged_back"

/** Every word of `status` that the vendor lists (Paymentz, "Payment Statuses"). */
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
 * The short words, which stand in `transactionStatus` and on some pages in `status` (Paymentz, "Standard
 * Checkout"). Assumption: in an inquiry's answer a `Y` says that what was asked for was done, so that it
 * hangs on the payment's type what that is. Only where the shop's own server has sent the type: the form of the hosted
 * page does not sign it, and a browser can change it.
 */
const shortStages: Readonly<Record<PaymentzPaymentType, Record<string, TransactionStage>>> = {
  DB: { Y: "captured", N: "failed", P: "open", "3D": "open", C: "canceled" },
  PA: { Y: "reserved", N: "failed", P: "open", "3D": "open", C: "canceled" },
}

/**
 * A word that stands in neither table says nothing about the money: the payment is still open.
 *
 * @param paymentType undefined where nobody but a browser has told the gateway
 */
export function transactionStage(
  word: string | undefined,
  paymentType: PaymentzPaymentType | undefined
): TransactionStage {
  return meaningOf(stages, word?.toLowerCase()) ?? shortStage(word, paymentType) ?? "open"
}

function shortStage(
  word: string | undefined,
  paymentType: PaymentzPaymentType | undefined
): TransactionStage | undefined {
  if (paymentType !== undefined) {
    return meaningOf(shortStages[paymentType], word)
  }
  const [debit, reservation] = [meaningOf(shortStages.DB, word), meaningOf(shortStages.PA, word)]
  return debit === reservation ? debit : "approved"
}

/** The word as the vendor's list has it; undefined for what is not in the list of long words. */
export function listedWord(word: string | undefined): string | undefined {
  const listed = word?.toLowerCase()
  return meaningOf(stages, listed) === undefined ? undefined : listed
}

/** Whether it says that the shopper's bank took a payment back. */
export function isChargebackWord(word: string | undefined): boolean {
  return meaningOf(stages, word?.toLowerCase()) === "charged_back"
}

/** Whether a message is about a payout. */
export function isPayoutWord(word: string | undefined): boolean {
  return /^payout/i.test(word ?? "")
}
