import type { UnpaidState } from "./follow-payment"

type Ending = {
  title: string
  text: string
  /** What the shopper can do about it; nothing where the shop has to. */
  offers: "same-or-other-way" | "other-way" | "nothing"
}

/** What is said of a payment that made no order. */
export const endings: Readonly<Record<UnpaidState, Ending>> = {
  pending: {
    title: "Not paid yet",
    text: "We have not received your payment. If you have just paid, load this page again.",
    offers: "same-or-other-way",
  },
  failed: {
    title: "The payment did not go through",
    text: "We were told that it failed, so nothing was ordered. Your cart is as it was.",
    offers: "same-or-other-way",
  },
  expired: {
    title: "The time to pay is over",
    text: "Nothing was paid and nothing was ordered. Your cart is as it was.",
    offers: "other-way",
  },
  canceled: {
    title: "The payment was canceled",
    text: "Nothing was paid and nothing was ordered. Your cart is as it was.",
    offers: "other-way",
  },
  refunded: {
    title: "The payment was given back",
    text: "You have your money again, and nothing was ordered.",
    offers: "other-way",
  },
  chargeback: {
    title: "The payment was taken back",
    text: "Your bank has taken the payment back, and nothing was ordered.",
    offers: "nothing",
  },
  mismatch: {
    title: "Something is not right with this payment",
    text: "What we received is not what the cart costs. Please do not pay again: we write to you.",
    offers: "nothing",
  },
}
