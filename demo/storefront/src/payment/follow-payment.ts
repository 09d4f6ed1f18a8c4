import type { PaymentState } from "medusa-regional-payments/storefront"

/** A payment session as the Store API gives it, as far as the pages read it. */
export type Session = {
  id: string
  provider_id: string
  /** In major units. */
  amount: number
  currency_code: string
  data?: Record<string, unknown>
}

/** A state in which the cart can't be an order. */
export type UnpaidState = Exclude<PaymentState, "paid" | "authorized">

/** `waiting` and `ended` can both still become `ordered`: the gateway's page may be open in another tab. */
export type Payment =
  | { type: "none" }
  | { type: "waiting"; session: Session }
  | { type: "ended"; session: Session; state: UnpaidState }
  | { type: "ordered"; orderId: string }

export type StoreQuestions = {
  /** What the shopper chose last to pay the cart with. */
  session(): Promise<Session | undefined>
  /** Has the store ask the gateway until there is news. */
  wait(sessionId: string): Promise<PaymentState>
  /** The order that the paid cart became; undefined while the webhook makes it at this moment. */
  order(): Promise<string | undefined>
  pause(ms: number): Promise<void>
}

const PAUSE_MS = 1_000
const ORDER_WITHIN = 15
/** After a failure the shopper may try again on the gateway's page; it is asked now and then. */
const AFTER_FAILURE_MS = 5_000
const FAILURES = 60

/** Yields every change until the order is there, or until nothing is to be expected any more. */
export async function* followPayment(store: StoreQuestions): AsyncGenerator<Payment> {
  const session = await store.session()
  if (!session) {
    yield { type: "none" }
    return
  }
  yield { type: "waiting", session }
  let told: PaymentState | undefined
  for (let failures = 0; failures < FAILURES; failures += 1) {
    const state = await store.wait(session.id)
    if (state === "paid" || state === "authorized") {
      yield { type: "ordered", orderId: await orderOf(store) }
      return
    }
    if (state !== told) yield { type: "ended", session, state }
    if (state !== "failed") return
    told = state
    await store.pause(AFTER_FAILURE_MS)
  }
}

async function orderOf(store: StoreQuestions): Promise<string> {
  for (let question = 0; question < ORDER_WITHIN; question += 1) {
    const orderId = await store.order()
    if (orderId !== undefined) return orderId
    await store.pause(PAUSE_MS)
  }
  throw new Error("Your payment has arrived, but the order is not ready yet. Please look again.")
}
