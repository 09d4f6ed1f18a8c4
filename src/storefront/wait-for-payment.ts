import { isPassing, toCheckoutError } from "./checkout-error"
import { valueAt } from "./json"
import { paymentStates, type PaymentState } from "./payment-state"
import type { StoreFetch } from "./store-fetch"
import { ownTab, pause, within, type TabLike } from "./within"

export type WaitOptions = {
  /**
   * From the first question to the second, in milliseconds; each pause after it is a quarter longer. The store asks the
   * gateway no more than once in two seconds.
   */
  everyMs?: number
  /** The longest pause between two questions, in milliseconds. */
  slowestMs?: number
  /** How long an answer is waited for before the store is asked again, in milliseconds. */
  answerMs?: number
  /** How long to wait in all, in milliseconds. */
  patienceMs?: number
  /** Aborted when the shopper leaves the page or chooses another way to pay. */
  signal?: AbortSignal
  /** Called with each answer, so that a page can show progress. */
  onState?: (state: PaymentState) => void
  /** The tab that the shopper may leave for a wallet; the page's own `document` unless another is given. */
  tab?: TabLike
}

/** From one question to the next, however often the shopper leaves and comes back. */
const leastMs = 1_000
const slower = 1.25

/**
 * Waits until the store knows how a payment ended, by asking its refresh route, which also completes the cart.
 * Resolves with the last state that was answered, at the latest when the patience is over or the signal is aborted, and
 * with `pending` where none was.
 *
 * A question that fails, or is not answered in time, is asked again: a phone loses its connection while its wallet is
 * open. The pauses grow, because who has not paid after some minutes is not in a hurry. When the shopper comes back to
 * the tab the store is asked at once and the pauses are short again: a request that was under way when the phone put
 * the tab to sleep may never be answered.
 *
 * @throws CheckoutError `payment_not_found` where the store has no such payment, and `refused` where it refuses to be
 * asked; and what `onState` throws
 * @example
 * const state = await waitForPayment(storeFetch, session.id)
 * if (state === "paid") { ... }  // the cart is an order: completeCheckout gives it
 */
export async function waitForPayment(
  storeFetch: StoreFetch,
  sessionId: string,
  {
    everyMs = 2_500,
    slowestMs = 15_000,
    answerMs = 15_000,
    patienceMs = 10 * 60_000,
    signal,
    onState,
    tab = ownTab(),
  }: WaitOptions = {}
): Promise<PaymentState> {
  const path = `/store/payment-sessions/${encodeURIComponent(sessionId)}/refresh`
  const end = Date.now() + patienceMs
  const ask = async (over: AbortSignal) =>
    stateIn(await storeFetch(path, { method: "POST", signal: over }))
  let state: PaymentState = "pending"
  let pauseMs = everyMs
  while (!signal?.aborted) {
    const askedAt = Date.now()
    const question = await within(Math.min(answerMs, end - askedAt), { signal, tab }, ask)
    if (question.ended === "failed") {
      throwUnlessPassing(question.error)
    }
    if (question.ended === "done" && question.value) {
      state = question.value
      onState?.(state)
    }
    if (question.ended === "tab is back") {
      pauseMs = everyMs
    }
    if (state !== "pending" || Date.now() + pauseMs > end) {
      break
    }
    const atLeast = Math.min(pauseMs, Math.max(0, askedAt + leastMs - Date.now()))
    await pause(atLeast, { signal })
    if (question.ended !== "tab is back") {
      const rest = await pause(pauseMs - atLeast, { signal, tab })
      pauseMs =
        rest.ended === "tab is back"
          ? everyMs
          : Math.min(pauseMs * slower, Math.max(everyMs, slowestMs))
    }
  }
  return state
}

function throwUnlessPassing(thrown: unknown): void {
  const error = toCheckoutError(thrown, "payment_not_found")
  if (!isPassing(error)) {
    throw error
  }
}

function stateIn(answer: unknown): PaymentState | undefined {
  const state = valueAt(answer, "payment_session", "state")
  return paymentStates.find((known) => known === state)
}
