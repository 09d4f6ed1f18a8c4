/**
 * What the store says of a payment. `mismatch`: money came, but not what was ordered. It stands with the storefront, which is
 * published by itself and imports nothing of the server; the server takes it from here.
 */
export const paymentStates = [
  "pending",
  "authorized",
  "paid",
  "failed",
  "expired",
  "canceled",
  "refunded",
  "chargeback",
  "mismatch",
] as const

export type PaymentState = (typeof paymentStates)[number]

/** A state in which the cart becomes an order. */
export type PaidState = "paid" | "authorized"
export type UnpaidState = Exclude<PaymentState, PaidState>

export function isPaid(state: PaymentState): state is PaidState {
  return state === "paid" || state === "authorized"
}
