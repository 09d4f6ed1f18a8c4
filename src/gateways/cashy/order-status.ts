import { meaningOf } from "../shared/messages"

export type CashyOrderState = "pending" | "paid" | "failed"

/** Every word that Cashy documents for `orderStatus` (Cashy, "Payin Order Status Enum"). */
const states: Readonly<Record<string, CashyOrderState>> = {
  PAYING: "pending", // also when the shopper paid another amount: that comes as an order of its own
  SUCCESS: "paid", // final
  FAIL: "failed", // final
}

/**
 * Assumption: a word that is not documented, or none at all, means that the shopper has not paid yet. It is
 * the safe reading: nothing is sold for it, and the order is asked about again.
 */
export function orderState(orderStatus: string | null | undefined): CashyOrderState {
  return meaningOf(states, orderStatus) ?? "pending"
}
