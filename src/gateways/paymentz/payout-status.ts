import { meaningOf } from "../shared/messages"

export type PaymentzPayoutState = "processing" | "succeeded" | "failed" | "returned"

/**
 * The words of `status` that the vendor lists for a payout (Paymentz, "Payment Statuses"), and what each says
 * of the money. The short words are in no row: `Y` says that what was asked for was done, and not whether
 * money was sent or a question answered.
 */
const states: Readonly<Record<string, PaymentzPayoutState>> = {
  payoutstarted: "processing",
  payoutsuccessful: "succeeded",
  payoutfailed: "failed", // said of one that had succeeded, it means that the money came back
  reversed: "returned", // Assumption: of a payout it means that the money came back
}

/** @returns undefined for a word that is in no row: it says nothing about the money */
export function payoutState(word: string | undefined): PaymentzPayoutState | undefined {
  return meaningOf(states, word?.toLowerCase())
}
