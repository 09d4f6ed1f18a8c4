/**
 * What a shopper who comes back from the gateway must know. `unpaid` and `failed` can still become `ordered`: the
 * gateway's page may be open in another tab, and its confirmation may be on its way.
 */
export type PaymentState =
  { type: "ordered"; orderId: string } | { type: "unpaid" } | { type: "failed" }

export type StoreQuestions = {
  /** Lets the store ask the gateway and make the order if it is paid. */
  complete(): Promise<PaymentState>
  /** Looks whether the order was made meanwhile, by the gateway's webhook; asks no gateway. */
  look(): Promise<PaymentState>
  pause(ms: number): Promise<void>
}

const PAUSE_MS = 2_000
/** Completing makes the store ask the gateway, so most rounds only look. */
const LOOKS_PER_COMPLETE = 5
const ROUNDS = 60

/** Yields every change until the order is there, or until about ten minutes have passed. */
export async function* watchPayment(store: StoreQuestions): AsyncGenerator<PaymentState> {
  let last: PaymentState["type"] | undefined
  for (let question = 0; question < ROUNDS * LOOKS_PER_COMPLETE; question += 1) {
    const state = await (question % LOOKS_PER_COMPLETE === 0 ? store.complete() : store.look())
    if (state.type !== last) yield state
    if (state.type === "ordered") return
    last = state.type
    await store.pause(PAUSE_MS)
  }
}
