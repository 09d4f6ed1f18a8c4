import { isRecord, isText, valueAt } from "./json"

/** Why a checkout can't go on; each has a title and a sentence in the words of every language. */
export const checkoutErrorCodes = [
  /** The store gave no answer. */
  "offline",
  /** The store answered that it can't answer now. */
  "store_failed",
  "cart_not_found",
  "payment_not_found",
  /** The cart has no payment session: none was chosen, or the cart was changed since. */
  "no_payment_chosen",
  /** Another request chooses a payment method for the cart at this moment. */
  "payment_method_being_chosen",
  /** The cart costs another amount than its payment was opened for. */
  "cart_changed",
  /** The cart was paid in another window and is an order; see `orderId`. */
  "cart_already_paid",
  /** Another request stands against this one, and the answer does not say which: load the cart again. */
  "conflict",
  /** Paid, and another request is still making the order. */
  "order_not_ready",
  /** Paid, and the store can't make an order of the cart: the shop has to settle it. */
  "paid_without_order",
  /** The store refuses to make an order of the cart, such as for want of stock; nothing was paid. */
  "order_refused",
  /** The store refuses the request itself, such as for a publishable key that is not known there. */
  "refused",
] as const

export type CheckoutErrorCode = (typeof checkoutErrorCodes)[number]

type Details = { status?: number; orderId?: string; cause?: unknown }

/**
 * What a page can show of a checkout that can't go on, by its `code`. The message is the store's own, in English, for
 * the log.
 */
export class CheckoutError extends Error {
  override readonly name = "CheckoutError"
  /** Of the store's answer, where there was one. */
  readonly status?: number
  /** The order that the cart is already, with `cart_already_paid`. */
  readonly orderId?: string
  override readonly cause?: unknown

  constructor(
    readonly code: CheckoutErrorCode,
    message: string,
    { status, orderId, cause }: Details = {}
  ) {
    super(message)
    this.status = status
    this.orderId = orderId
    this.cause = cause
  }
}

/**
 * A CheckoutError of whatever a request to the store threw: one of `createStoreFetch`, the `FetchError` of Medusa's
 * SDK (which keeps the status, and not the code that tells one 409 from another), or a browser's own.
 *
 * @param notFound what 404 means for this request
 */
export function toCheckoutError(
  thrown: unknown,
  notFound: CheckoutErrorCode = "refused"
): CheckoutError {
  if (thrown instanceof CheckoutError) {
    return thrown.code === "refused" && thrown.status === 404
      ? new CheckoutError(notFound, thrown.message, { status: 404, cause: thrown.cause })
      : thrown
  }
  const status = valueAt(thrown, "status")
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (typeof status !== "number") {
    return new CheckoutError("offline", message, { cause: thrown })
  }
  const code = status === 404 ? notFound : codeOfStatus(status)
  return new CheckoutError(code, message, { status, cause: thrown })
}

/** The CheckoutError that an answer of the store's stands for. */
export function errorOfAnswer(status: number, body: unknown): CheckoutError {
  const { code, message, order_id } = isRecord(body) ? body : {}
  const orderId = isText(order_id) ? order_id : undefined
  const sentence = isText(message) ? message : `The store answered ${status}`
  return new CheckoutError(codeOfStore(code) ?? codeOfStatus(status), sentence, { status, orderId })
}

/** Whether the same request may have another answer in a moment. */
export function isPassing({ code }: CheckoutError): boolean {
  return code === "offline" || code === "store_failed" || code === "conflict"
}

/** The store's codes of 409, from its guards of carts. */
function codeOfStore(code: unknown): CheckoutErrorCode | undefined {
  switch (code) {
    case "cart_total_changed":
      return "cart_changed"
    case "cart_is_being_completed":
      return "conflict"
    case "cart_already_paid":
    case "payment_method_being_chosen":
      return code
    default:
      return undefined
  }
}

function codeOfStatus(status: number): CheckoutErrorCode {
  if (status === 409) {
    return "conflict"
  }
  const isAway = status >= 500 || status === 408 || status === 425 || status === 429
  return isAway ? "store_failed" : "refused"
}
