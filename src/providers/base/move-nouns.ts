import type { CheckedKind } from "../../modules/payment-journal/gateway-operation"

/** How a person calls a move of money. */
export const moveNouns: Readonly<Record<CheckedKind, string>> = {
  capture: "capture",
  refund: "refund",
  reverse: "cancellation",
}
