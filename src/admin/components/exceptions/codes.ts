import type { PaymentException } from "./api"

/** In the order in which the filter offers them; a code that the API adds is asked for here by the compiler. */
const kinds: Readonly<Record<PaymentException["kind"], true>> = {
  session_gone: true,
  paid_twice: true,
  too_much: true,
  too_little: true,
  other_currency: true,
  order_not_made: true,
  refund_due: true,
  refund_failed: true,
  refund_not_booked: true,
  capture_not_booked: true,
  order_without_cart: true,
}

const states: Readonly<Record<PaymentException["state"], true>> = {
  open: true,
  refunded: true,
  attached: true,
  closed: true,
}

export const exceptionKinds = Object.keys(kinds) as PaymentException["kind"][]
export const exceptionStates = Object.keys(states) as PaymentException["state"][]
