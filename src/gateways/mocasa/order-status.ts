import { meaningOf } from "../shared/messages"

export type MocasaOrderState = "paid" | "failed" | "pending"

/** Every word that Mocasa documents for `txStatus` (Mocasa, "Webhook"), and what it means for money. */
const states: Readonly<Record<string, MocasaOrderState>> = {
  success: "paid",
  failed: "failed", // may still be paid later: a link that was handed out stays open
}

/**
 * Assumption: a word that is not documented, or none at all, means that the shopper has not paid yet. It is
 * the safe reading: nothing is sold for it, and the order is asked about again.
 */
export function orderState(txStatus: string | null | undefined): MocasaOrderState {
  return meaningOf(states, txStatus) ?? "pending"
}
