import { CheckoutError, isPassing, toCheckoutError } from "./checkout-error"
import { isRecord, isText, valueAt } from "./json"
import { nextAction } from "./next-action"
import { isPaid, type UnpaidState } from "./payment-state"
import type { StoreFetch } from "./store-fetch"
import { waitForPayment, type WaitOptions } from "./wait-for-payment"
import { pause, throwIfAborted, within } from "./within"

/** What the shopper chose to pay a cart with, as the Store API gives it, as far as it is read here. */
export type CheckoutSession = {
  id: string
  provider_id: string
  /** In major units. */
  amount: number
  currency_code: string
  data?: Record<string, unknown> | null
}

export type CheckoutResult =
  | { type: "ordered"; orderId: string }
  /** `pending` where the patience was over first: it may be paid yet. */
  | { type: "unpaid"; state: UnpaidState; session: CheckoutSession }

export type CompleteOptions = WaitOptions & {
  /** Called once it is known what the shopper has to pay, before the payment is waited for. */
  onSession?: (session: CheckoutSession) => void
  /** How long an order of a paid cart is waited for, in milliseconds. */
  orderWithinMs?: number
}

/** Between two tries, in milliseconds: the store is completing the cart, or gave no answer. */
const againMs = 1_000
/** How long a cart is tried to be read, in milliseconds: a phone that wakes up has no connection for a moment. */
const readWithinMs = 20_000
/** A payment that the cart has outgrown is asked about, because it may be paid, and not waited for. */
const once = { everyMs: 20_000, patienceMs: 15_000 }
/** What totals differ by that were only rounded in different places, in major units. */
const leastDifference = 0.01
/** For one answer, in milliseconds. Medusa's completion waits thirty seconds for another one that is under way. */
const answerWithinMs = 60_000

/**
 * Takes a cart whose payment was chosen to its order: waits for the payment where the shopper has to make it,
 * completes the cart, and gives the order.
 *
 * It may be called at any time and as often as a page likes: after a reload or in a new tab, twice at once (a double
 * tap), while the gateway's message completes the cart, and when the cart is an order already. All get the one order.
 *
 * @throws CheckoutError where the checkout can't go on, with a code that a page can show
 * @throws the signal's reason when it is aborted
 */
export async function completeCheckout(
  storeFetch: StoreFetch,
  cartId: string,
  options: CompleteOptions = {}
): Promise<CheckoutResult> {
  const { signal, onSession, orderWithinMs = 60_000 } = options
  const store: CartAtStore = { storeFetch, cartId, signal }
  const { isOrder, isChanged, session } = await readCart(store)
  if (!isOrder) {
    if (!session) {
      throw new CheckoutError("no_payment_chosen", `No payment is chosen for cart ${cartId}`)
    }
    onSession?.(session)
    if (isPaidByServer(session)) {
      const orderId = await makeOrder(store, { isPaid: false, orderWithinMs })
      if (orderId !== undefined) {
        return { type: "ordered", orderId }
      }
    }
    const patience = isChanged ? once : undefined
    const state = await waitForPayment(storeFetch, session.id, { ...options, ...patience })
    throwIfAborted(signal)
    if (isChanged && state === "pending") {
      throw new CheckoutError("cart_changed", `Cart ${cartId} costs another amount by now`)
    }
    if (!isPaid(state)) {
      return { type: "unpaid", state, session }
    }
  }
  const orderId = await makeOrder(store, { isPaid: true, orderWithinMs })
  if (orderId === undefined) {
    throw notReady()
  }
  return { type: "ordered", orderId }
}

/** Nothing is left to do for the shopper: completing the cart has the shop's server charge, or nothing is to be paid. */
function isPaidByServer(session: CheckoutSession): boolean {
  const { type } = nextAction(session)
  return type === "none" || type === "shopper_code"
}

type CartAtStore = { storeFetch: StoreFetch; cartId: string; signal?: AbortSignal }

type Cart = {
  isOrder: boolean
  /** Whether it costs another amount than its payment was opened for. */
  isChanged: boolean
  session?: CheckoutSession
}

async function readCart(store: CartAtStore): Promise<Cart> {
  const end = Date.now() + readWithinMs
  for (;;) {
    const { answer, error } = await ask(store, "GET", "")
    if (!error) {
      return cartIn(answer)
    }
    if (!isPassing(error) || Date.now() + againMs > end) {
      throw error
    }
    await again(store)
  }
}

type MakeOrder = { isPaid: boolean; orderWithinMs: number }

/** The order's id; undefined where the payment that the cart needs is not there. */
async function makeOrder(
  store: CartAtStore,
  { isPaid, orderWithinMs }: MakeOrder
): Promise<string | undefined> {
  const end = Date.now() + orderWithinMs
  for (;;) {
    const { answer, error } = await ask(store, "POST", "/complete")
    const orderId = error ? error.orderId : orderIn(answer)
    if (orderId !== undefined) {
      return orderId
    }
    if (error && !isPassing(error)) {
      throw error.code === "refused" ? refusal(error, isPaid) : error
    }
    if (error?.code === "conflict" && (await readCart(store)).isChanged) {
      throw new CheckoutError("cart_changed", error.message, { status: 409, cause: error })
    }
    if (!error && !isPaid) {
      return undefined
    }
    if (Date.now() + againMs > end) {
      throw isPaid || !error ? notReady(error) : error
    }
    await again(store)
  }
}

function notReady(cause?: CheckoutError): CheckoutError {
  return new CheckoutError(
    "order_not_ready",
    "The payment has arrived, and the order is not made yet",
    {
      cause,
    }
  )
}

function refusal({ message, status, cause }: CheckoutError, isPaid: boolean): CheckoutError {
  return new CheckoutError(isPaid ? "paid_without_order" : "order_refused", message, {
    status,
    cause,
  })
}

async function again({ signal }: CartAtStore): Promise<void> {
  await pause(againMs, { signal })
  throwIfAborted(signal)
}

type Answer = { answer: unknown; error?: undefined } | { answer?: undefined; error: CheckoutError }

async function ask(
  { storeFetch, cartId, signal }: CartAtStore,
  method: "GET" | "POST",
  path: "" | "/complete"
): Promise<Answer> {
  throwIfAborted(signal)
  const address = `/store/carts/${encodeURIComponent(cartId)}${path}`
  const question = await within(answerWithinMs, { signal }, (over) =>
    storeFetch(address, { method, signal: over })
  )
  throwIfAborted(signal)
  switch (question.ended) {
    case "done":
      return { answer: question.value }
    case "failed":
      return { error: toCheckoutError(question.error, "cart_not_found") }
    case "late":
    case "aborted":
    case "tab is back":
      return { error: new CheckoutError("offline", `${address} was not answered in time`) }
  }
}

function cartIn(answer: unknown): Cart {
  const cart = valueAt(answer, "cart")
  const sessions = valueAt(cart, "payment_collection", "payment_sessions")
  const session = Array.isArray(sessions) ? sessions.find(isSession) : undefined
  const total = valueAt(cart, "total")
  return {
    isOrder: Boolean(valueAt(cart, "completed_at")),
    isChanged:
      session !== undefined &&
      typeof total === "number" &&
      Math.abs(total - session.amount) >= leastDifference,
    session,
  }
}

function isSession(value: unknown): value is CheckoutSession {
  return (
    isRecord(value) &&
    isText(value.id) &&
    isText(value.provider_id) &&
    typeof value.amount === "number" &&
    isText(value.currency_code)
  )
}

function orderIn(answer: unknown): string | undefined {
  const id = valueAt(answer, "order", "id")
  return valueAt(answer, "type") === "order" && isText(id) ? id : undefined
}
