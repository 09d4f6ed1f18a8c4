import type { PaymentState } from "../workflows/payment/payment-of-session"

export type { PaymentState }

/** As `sdk.client.fetch` of `@medusajs/js-sdk`: resolves with the answer's JSON, rejects when refused. */
export type StoreFetch = (path: string, init: { method: "POST" }) => Promise<unknown>

export type WaitOptions = {
  /** Between two questions, in milliseconds; the store asks the gateway no more than once in two seconds. */
  everyMs?: number
  /** How long to wait in all, in milliseconds. */
  patienceMs?: number
  /** Aborted when the shopper leaves the page or chooses another way to pay. */
  signal?: AbortSignal
  /** Told of each answer, so that a page can show that it is still at it. */
  onState?: (state: PaymentState) => void
}

const undecided: readonly string[] = ["pending"]

const states: readonly PaymentState[] = [
  "pending",
  "authorized",
  "paid",
  "failed",
  "expired",
  "canceled",
  "refunded",
  "chargeback",
  "mismatch",
]

/**
 * Waits until the store knows how a payment ended, by asking its refresh route, which also completes the
 * cart. Resolves with the last state: `pending` when the patience is over or the signal was aborted. A
 * question that fails is asked again: a phone loses its connection while its wallet is open.
 *
 * @example
 * const state = await waitForPayment(sdk.client.fetch.bind(sdk.client), session.id)
 * if (state === "paid") { ... }  // the cart is an order: sdk.store.cart.complete(cartId) gives it
 */
export async function waitForPayment(
  storeFetch: StoreFetch,
  sessionId: string,
  { everyMs = 2_500, patienceMs = 10 * 60_000, signal, onState }: WaitOptions = {}
): Promise<PaymentState> {
  const path = `/store/payment-sessions/${encodeURIComponent(sessionId)}/refresh`
  const end = Date.now() + patienceMs
  let state: PaymentState = "pending"
  while (!signal?.aborted) {
    const told = await ask(storeFetch, path)
    if (told) {
      state = told
      onState?.(told)
    }
    if (!undecided.includes(state) || Date.now() + everyMs > end) {
      break
    }
    await pause(everyMs, signal)
  }
  return state
}

async function ask(storeFetch: StoreFetch, path: string): Promise<PaymentState | undefined> {
  try {
    return stateIn(await storeFetch(path, { method: "POST" }))
  } catch {
    return undefined
  }
}

function stateIn(answer: unknown): PaymentState | undefined {
  const session = property(answer, "payment_session")
  const state = property(session, "state")
  return states.find((known) => known === state)
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener("abort", done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener("abort", done)
      resolve()
    }
  })
}
