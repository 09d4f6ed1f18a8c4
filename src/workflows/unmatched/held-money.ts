import type { HeldKind, UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"

/** An entry of the list that stands for money. */
export type HeldMoney = UnmatchedPayment & { kind: HeldKind }

/** The others stand for a move that was made, and that Medusa does not know of. */
export function isHeldMoney(found: UnmatchedPayment): found is HeldMoney {
  switch (found.kind) {
    case "refund_not_booked":
    case "capture_not_booked":
    case "order_without_cart":
      return false
    case "session_gone":
    case "paid_twice":
    case "too_much":
    case "too_little":
    case "other_currency":
    case "order_not_made":
    case "refund_due":
    case "refund_failed":
      return true
  }
}

/** What a person can do about it. */
export function whatToDoAbout(found: UnmatchedPayment): string {
  if (found.kind === "refund_failed" && found.payment_id) {
    return (
      "Refund the payment again in the dashboard, which closes this by itself; or give the money back another way, and " +
      "record it"
    )
  }
  if (isHeldMoney(found)) {
    return `Refund it, attach it to an order or close it${whatElse(found)}`
  }
  if (found.kind === "order_without_cart") {
    return (
      `Look at order ${found.reference} in the dashboard: cancel it if nobody is to get it, and close this with a ` +
      `note. The cart's own payment is not touched by it`
    )
  }
  const noun = found.kind === "capture_not_booked" ? "capture" : "refund"
  return (
    `Repeat the ${noun} of ${found.amount} ${found.currency_code.toUpperCase()} on the payment in the dashboard: it ` +
    `is taken over as it is, and nothing is sent again`
  )
}

/** Where the cart's total is what is wrong, it can be put right as well. */
function whatElse({ kind, cart_id, order_id, payment_id }: HeldMoney): string {
  const isOfAmount = kind === "too_little" || kind === "too_much" || kind === "other_currency"
  return isOfAmount && cart_id && !order_id && !payment_id
    ? ". Or, if another module changed the cart's total after the payment was opened, put the total right: the order " +
        "is then made by itself within a day"
    : ""
}
