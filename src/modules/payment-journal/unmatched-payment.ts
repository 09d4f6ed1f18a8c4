import { z } from "zod"
import { exact, readRow, time } from "../../shared/database"

/**
 * Why money stands without an order of the shop's, or is to be given back:
 * - `session_gone`: paid after the cart changed; the payment session is gone, or wants another amount by now
 * - `paid_twice`: the cart, or the order that it was for, was paid by another payment already
 * - `too_much`: more came than was ordered; where the order was made all the same, only what came on top
 * - `too_little`: less came than was ordered, and no more is to be expected
 * - `other_currency`: it came in another currency than was ordered
 * - `order_not_made`: paid as ordered, but Medusa could not make the order
 * - `refund_due`: the order was canceled and its money was not given back
 * - `refund_failed`: a refund that the gateway said was made failed later: the money is to be given back still
 * - `refund_not_booked`, `capture_not_booked`: the gateway made it, and Medusa lost its own row for it; `reference` is
 *   that of the move. Of a capture that was made at the gateway itself it is the payment's
 * - `order_without_cart`: no money, but an order that a server left which died while it completed a cart; `reference`
 *   is the order's id
 */
export const unmatchedKinds = [
  "session_gone",
  "paid_twice",
  "too_much",
  "too_little",
  "other_currency",
  "order_not_made",
  "refund_due",
  "refund_failed",
  "refund_not_booked",
  "capture_not_booked",
  "order_without_cart",
] as const

export type UnmatchedKind = (typeof unmatchedKinds)[number]

/** Money was moved as somebody wished, and it is Medusa that does not know. */
export type LostMoveKind = Extract<UnmatchedKind, "refund_not_booked" | "capture_not_booked">

/** Money is there that something has to be done about. */
export type HeldKind = Exclude<UnmatchedKind, LostMoveKind | "order_without_cart">

/** Money that can become a payment of an order, where an admin says so. */
export const attachableKinds: readonly HeldKind[] = [
  "session_gone",
  "paid_twice",
  "order_not_made",
  "too_much",
  "too_little",
]

/** Found by the money that came. */
export type ReceivedKind = Exclude<
  UnmatchedKind,
  "refund_due" | "refund_failed" | "refund_not_booked" | "order_without_cart"
>

/** `closed`: a person, or a later try of the shop's, said that nothing is left to do. */
export const unmatchedStates = ["open", "refunded", "attached", "closed"] as const

export type UnmatchedState = (typeof unmatchedStates)[number]

/** Amounts are exact decimal texts in major units, currencies in lower case. */
const unmatchedPaymentRow = z
  .object({
    id: z.string(),
    /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
    provider_id: z.string(),
    /** Ours, which the gateway knows the payment by. */
    reference: z.string(),
    /** The gateway's own number of the payment, where it has one. */
    gateway_id: z.string().nullable(),
    kind: z.enum(unmatchedKinds),
    raw_amount: exact,
    currency_code: z.string(),
    raw_received_amount: exact,
    raw_expected_amount: exact,
    expected_currency_code: z.string(),
    cart_id: z.string().nullable(),
    customer_id: z.string().nullable(),
    session_id: z.string(),
    /** The order it was attached to, or whose money is due. */
    order_id: z.string().nullable(),
    /** Medusa's payment, where it has one. */
    payment_id: z.string().nullable(),
    state: z.enum(unmatchedStates),
    note: z.string().nullable(),
    /** Who settled it: an admin's id, or `system`. */
    settled_by: z.string().nullable(),
    settled_at: time.nullable(),
    /** When it was told of; null where the server died before. */
    told_at: time.nullable(),
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount, raw_received_amount, raw_expected_amount, ...row }) => ({
    ...row,
    /** What a person has to decide about. */
    amount: raw_amount,
    /** All that came for the reference. */
    received_amount: raw_received_amount,
    expected_amount: raw_expected_amount,
  }))

export type UnmatchedPayment = z.infer<typeof unmatchedPaymentRow>

export function toUnmatchedPayment(row: unknown): UnmatchedPayment {
  return readRow("unmatched_payment", unmatchedPaymentRow, row)
}

export type NewUnmatchedPayment = Omit<
  UnmatchedPayment,
  "id" | "state" | "note" | "settled_by" | "settled_at" | "told_at" | "created_at" | "updated_at"
>

/** How it ended; what is left out stays as it is. */
export type UnmatchedSettlement = {
  state: Exclude<UnmatchedState, "open">
  order_id?: string
}
