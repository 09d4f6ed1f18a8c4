import type { Payment } from "./api"

/** In the order in which the filter offers them; a state that the API adds is asked for here by the compiler. */
export const stateColors = {
  open: "orange",
  authorized: "blue",
  paid: "green",
  refunded: "grey",
  chargeback: "red",
  failed: "red",
  expired: "grey",
  canceled: "grey",
  refused: "grey",
  opening: "orange",
} as const satisfies Record<Payment["state"], string>

export const paymentStates = Object.keys(stateColors) as Payment["state"][]
