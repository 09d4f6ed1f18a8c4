import type { PaymentState } from "../workflows/payments/settle-payment"

export type { PaymentState }

/**
 * As `sdk.client.fetch` of `@medusajs/js-sdk`: resolves with the answer's JSON, rejects when refused. Its signal is
 * aborted when nobody waits for the answer any more.
 */
export type StoreFetch = (
  path: string,
  init: { method: "POST"; signal: AbortSignal }
) => Promise<unknown>

/** What is used of a browser's document: its event when the shopper comes back to the tab. */
export type TabLike = {
  readonly visibilityState: string
  addEventListener(type: "visibilitychange", listener: () => void): void
  removeEventListener(type: "visibilitychange", listener: () => void): void
}

export type WaitOptions = {
  /** Between two questions, in milliseconds; the store asks the gateway no more than once in two seconds. */
  everyMs?: number
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

const undecided: readonly string[] = ["pending"]

export const paymentStates: readonly PaymentState[] = [
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
 * Waits until the store knows how a payment ended, by asking its refresh route, which also completes the cart.
 * Resolves with the last state that was answered, at the latest when the patience is over or the signal is aborted, and
 * with `pending` where none was. It rejects only with what `onState` throws.
 *
 * A question that fails, or is not answered in time, is asked again: a phone loses its connection while its wallet is
 * open. When the shopper comes back to the tab, the store is asked at once, because a request that was under way when
 * the phone put the tab to sleep may never be answered.
 *
 * @example
 * const state = await waitForPayment(sdk.client.fetch.bind(sdk.client), session.id)
 * if (state === "paid") { ... }  // the cart is an order: sdk.store.cart.complete(cartId) gives it
 */
export async function waitForPayment(
  storeFetch: StoreFetch,
  sessionId: string,
  {
    everyMs = 2_500,
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
  while (!signal?.aborted) {
    const askedAt = Date.now()
    const question = await within(Math.min(answerMs, end - askedAt), { signal, tab }, ask)
    if (question.ended === "done" && question.value) {
      state = question.value
      onState?.(state)
    }
    if (!undecided.includes(state) || Date.now() + everyMs > end) {
      break
    }
    const atLeast = Math.min(everyMs, Math.max(0, askedAt + leastMs - Date.now()))
    await within(atLeast, { signal }, forever)
    if (question.ended !== "tab is back") {
      await within(everyMs - atLeast, { signal, tab }, forever)
    }
  }
  return state
}

type Ended<Value> =
  { ended: "done"; value: Value } | { ended: "failed" | "late" | "aborted" | "tab is back" }

/** Work that is waited for until its time is over, the signal is aborted or the shopper comes back to the tab. */
function within<Value>(
  ms: number,
  { signal, tab }: Pick<WaitOptions, "signal" | "tab">,
  work: (over: AbortSignal) => Promise<Value>
): Promise<Ended<Value>> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const timer = setTimeout(() => end({ ended: "late" }), ms)
    signal?.addEventListener("abort", abort)
    tab?.addEventListener("visibilitychange", look)
    if (signal?.aborted) {
      abort()
      return
    }
    work(over.signal).then(
      (value) => end({ ended: "done", value }),
      () => end({ ended: "failed" })
    )

    function abort(): void {
      end({ ended: "aborted" })
    }
    function look(): void {
      if (tab?.visibilityState === "visible") {
        end({ ended: "tab is back" })
      }
    }
    function end(how: Ended<Value>): void {
      clearTimeout(timer)
      signal?.removeEventListener("abort", abort)
      tab?.removeEventListener("visibilitychange", look)
      resolve(how)
      over.abort()
    }
  })
}

function forever(): Promise<never> {
  return new Promise(() => {})
}

/** No server code is compiled with a browser's types, and on a server there is no document. */
function ownTab(): TabLike | undefined {
  return "document" in globalThis ? (Reflect.get(globalThis, "document") as TabLike) : undefined
}

function stateIn(answer: unknown): PaymentState | undefined {
  const session = property(answer, "payment_session")
  const state = property(session, "state")
  return paymentStates.find((known) => known === state)
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined
}
