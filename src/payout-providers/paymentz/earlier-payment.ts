import type { PaymentzPayment } from "../../gateways/paymentz/payments"
import { transactionStage, type TransactionStage } from "../../gateways/paymentz/statuses"
import type { PayoutBeneficiaryResult } from "../../modules/payout/provider"

type Standing = "active" | "pending" | "rejected"

/** Whether whoever made a payment at that stage can be paid back to: only what was captured or settled. */
const standings: Readonly<Record<TransactionStage, Standing>> = {
  captured: "active",
  open: "pending",
  moving: "pending",
  approved: "pending", // not known to be captured
  reserved: "pending",
  capture_failed: "rejected",
  failed: "rejected",
  canceled: "rejected",
  reversed: "rejected",
  charged_back: "rejected",
}

const sentences: Readonly<Record<Standing, string | undefined>> = {
  active: undefined,
  pending: "that payment is not paid yet: add the beneficiary once more when it is, or decide here",
  rejected: "that payment was not paid, or its money went back",
}

/**
 * What an earlier payment makes of a beneficiary.
 *
 * Its kind is not told by the answer, so that a short status counts as that of a reservation, which is the
 * safe reading: a person decides.
 */
export function standingOf(
  paymentId: string,
  payment: PaymentzPayment | undefined
): PayoutBeneficiaryResult {
  if (!payment) {
    return { status: "rejected", message: "the gateway has no record of that payment" }
  }
  const { word, message } = payment
  if (payment.paymentId !== paymentId) {
    return { status: "pending", code: word, message: "the gateway told of another payment" }
  }
  const account = { payment_id: paymentId }
  const standing = standings[transactionStage(word, "PA")]
  const said = { code: word, message: sentences[standing] ?? message }
  return standing === "rejected"
    ? { status: "rejected", ...said }
    : { status: standing, account, ...said }
}
