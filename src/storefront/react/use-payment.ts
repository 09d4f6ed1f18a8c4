import { useCallback, useEffect, useRef, useState } from "react"
import { toCheckoutError, type CheckoutError } from "../checkout-error"
import type { CheckoutSession, CompleteOptions } from "../complete-checkout"
import { followPayment, type PaymentProgress } from "../follow-payment"
import type { StoreFetch } from "../store-fetch"

/** What a page shows: `checking` while nothing is known yet, and on the server. */
export type PaymentView =
  { type: "checking" } | PaymentProgress | { type: "problem"; error: CheckoutError }

export type UsePaymentOptions = {
  /** `createStoreFetch(...)`, or the SDK's `sdk.client.fetch.bind(sdk.client)`. */
  storeFetch: StoreFetch
  /** The cart that this browser remembers; null where it remembers none, undefined while that is not known. */
  cartId: string | null | undefined
  /** Of `returnedPayment`: for a browser that does not have the cart. */
  sessionId?: string | null
  /** The cart's payment session where the page has it already: it is shown from the first render on, on the server too. */
  session?: CheckoutSession | null
  /** Called once, when the cart is an order: forget the cart, and show the order. */
  onOrder?: (orderId: string) => void
} & Pick<CompleteOptions, "patienceMs" | "everyMs" | "slowestMs">

export type UsePayment = {
  payment: PaymentView
  /** Asks anew, from the beginning. */
  askAgain: () => void
}

/**
 * Follows the payment of a cart until its order is there. A tab that was killed, loaded again or brought back from
 * memory goes on where the payment is by now, because the store is asked and nothing is remembered here.
 */
export function usePayment(options: UsePaymentOptions): UsePayment {
  const { cartId, sessionId, session } = options
  const [payment, setPayment] = useState<PaymentView>(() =>
    session ? { type: "waiting", session } : { type: "checking" }
  )
  const [attempt, setAttempt] = useState(0)
  // What a page passes as `storeFetch` and `onOrder` is often made anew with each render, and nothing begins anew for it.
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  useEffect(() => {
    if (cartId === undefined) {
      return
    }
    const left = new AbortController()
    const { storeFetch, patienceMs, everyMs, slowestMs } = latest.current
    const onProgress = (progress: PaymentProgress) => {
      setPayment(progress)
      if (progress.type === "ordered") {
        latest.current.onOrder?.(progress.orderId)
      }
    }
    followPayment(
      storeFetch,
      { cartId, sessionId },
      { onProgress, signal: left.signal, patienceMs, everyMs, slowestMs }
    ).catch((thrown: unknown) => {
      if (!left.signal.aborted) {
        setPayment({ type: "problem", error: toCheckoutError(thrown) })
      }
    })
    return () => left.abort()
  }, [cartId, sessionId, attempt])

  const askAgain = useCallback(() => {
    setPayment({ type: "checking" })
    setAttempt((before) => before + 1)
  }, [])

  return { payment, askAgain }
}
