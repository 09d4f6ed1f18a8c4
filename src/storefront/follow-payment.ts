import { CheckoutError } from "./checkout-error"
import { completeCheckout, type CheckoutSession, type CompleteOptions } from "./complete-checkout"
import { isPaid, type UnpaidState } from "./payment-state"
import type { StoreFetch } from "./store-fetch"
import { waitForPayment } from "./wait-for-payment"
import { ownTab, pause } from "./within"

/** `waiting` and `ended` can both still become `ordered`: the gateway's page may be open in another tab. */
export type PaymentProgress =
  /** No cart of this browser waits for a payment. */
  | { type: "none" }
  | { type: "waiting"; session: CheckoutSession | null }
  | { type: "ended"; state: UnpaidState; session: CheckoutSession | null }
  /** Paid, in a browser that does not have the cart: its order can't be shown here. */
  | { type: "paid" }
  | { type: "ordered"; orderId: string }

export type Followed = {
  cartId?: string | null
  /** Of `returnedPayment`: serves where this browser has no cart, or one that has no payment. */
  sessionId?: string | null
}

export type FollowOptions = Omit<CompleteOptions, "onSession" | "onState"> & {
  /** Called with every change, `waiting` first where a payment is waited for. */
  onProgress: (progress: PaymentProgress) => void
}

/** After a failure the shopper may try again on the gateway's page: it is asked now and then, in milliseconds. */
const afterFailureMs = 5_000
const slower = 1.25
/** A tab that nobody comes back to is not asked about for ever, in milliseconds. */
const longestMs = 60 * 60_000

/**
 * Tells every change of a payment until the order is there, nothing is to be expected any more, or the signal is
 * aborted. A payment that ended without money is asked about again when the shopper comes back to the tab.
 *
 * @throws CheckoutError where the checkout can't go on
 */
export async function followPayment(
  storeFetch: StoreFetch,
  followed: Followed,
  { onProgress, ...options }: FollowOptions
): Promise<void> {
  const { signal, tab = ownTab() } = options
  const end = Date.now() + longestMs
  let told: PaymentProgress | undefined
  const tell = (progress: PaymentProgress) => {
    if (!signal?.aborted && isNews(progress, told)) {
      told = progress
      onProgress(progress)
    }
  }
  for (let pauseMs = afterFailureMs; ; pauseMs *= slower) {
    const progress = await lookOnce(storeFetch, followed, { ...options, onProgress: tell })
    tell(progress)
    const isFailed = progress.type === "ended" && progress.state === "failed"
    if (progress.type !== "ended" || !(tab || isFailed) || Date.now() + pauseMs > end) {
      return
    }
    await pause(isFailed ? pauseMs : end - Date.now(), { signal, tab })
    if (signal?.aborted) {
      return
    }
  }
}

/** A payment that ended is not shown as waiting while it is asked about again. */
function isNews(progress: PaymentProgress, told: PaymentProgress | undefined): boolean {
  if (told?.type !== "ended") {
    return true
  }
  const isSameEnd = progress.type === "ended" && progress.state === told.state
  return progress.type !== "waiting" && !isSameEnd
}

async function lookOnce(
  storeFetch: StoreFetch,
  { cartId, sessionId }: Followed,
  options: FollowOptions
): Promise<PaymentProgress> {
  const { onProgress } = options
  if (cartId) {
    const onSession = (session: CheckoutSession) => onProgress({ type: "waiting", session })
    try {
      const result = await completeCheckout(storeFetch, cartId, { ...options, onSession })
      return result.type === "ordered" ? result : { ...result, type: "ended" }
    } catch (error) {
      if (!isWithoutPayment(error)) {
        throw error
      }
    }
  }
  if (!sessionId) {
    return { type: "none" }
  }
  onProgress({ type: "waiting", session: null })
  const state = await waitForPayment(storeFetch, sessionId, options)
  return isPaid(state) ? { type: "paid" } : { type: "ended", state, session: null }
}

/** The cart that this browser remembers is gone, or another one than was paid. */
function isWithoutPayment(error: unknown): boolean {
  return (
    error instanceof CheckoutError &&
    (error.code === "no_payment_chosen" || error.code === "cart_not_found")
  )
}
