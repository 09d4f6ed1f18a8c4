import type { CheckoutSession } from "../complete-checkout"
import { errorOfAnswer } from "../checkout-error"
import type { PaymentState } from "../payment-state"
import type { StoreFetch } from "../store-fetch"

export const redirect = { type: "redirect", url: "https://pay.example/1" }

type Script = {
  /** What the session says to do next; null for a cart without a session. */
  action?: object | null
  /** Of the payment, one for each question; the last one repeats. */
  states?: PaymentState[]
  /** What the cart costs by now. */
  total?: number
  /** Whether a completion before the payment was asked about finds it unpaid. */
  isAuthorizedLater?: boolean
  completionMs?: number
  completionRefusals?: ("cart_already_paid" | "out_of_stock")[]
  /** How many questions get no answer, every second one. */
  failures?: number
  /** As `createStoreFetch` rejects, or as the SDK does, which keeps the status alone. */
  errors?: "coded" | "sdk"
}

/** A store with one cart, as its routes answer: one completion at a time, 409 for whoever comes beside it. */
export function fakeStore({
  action = { type: "qr_code", value: "weixin://wxpay/1" },
  states = ["paid"],
  total = 12.5,
  isAuthorizedLater = false,
  completionMs = 0,
  completionRefusals = [],
  failures = 0,
  errors = "coded",
}: Script = {}) {
  const session: CheckoutSession = {
    id: "payses_1",
    provider_id: "pp_kess_kess",
    amount: 12.5,
    currency_code: "eur",
    data: { next_action: action ?? undefined },
  }
  const left = [...states]
  const refusals = [...completionRefusals]
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let isOrder = false
  let isCompleting = false
  let wasAsked = !isAuthorizedLater
  let failuresLeft = failures

  const refuse = (status: number, body: { code?: string; message: string; order_id?: string }) => {
    throw errors === "coded" ? errorOfAnswer(status, body) : httpError(status, body.message)
  }

  const store = {
    asked: [] as string[],
    orders: 0,
    pay: () => void left.splice(0, left.length, "paid"),
    order() {
      if (!isOrder) {
        isOrder = true
        store.orders += 1
      }
    },
    /** Ends what is under way and was given up. */
    forget: () => timers.forEach((timer) => clearTimeout(timer)),
    fetch: (async (path, { method }) => {
      store.asked.push(`${method} ${path}`)
      if (failuresLeft > 0 && store.asked.length % 2 === 1) {
        failuresLeft -= 1
        throw new TypeError("Failed to fetch")
      }
      switch (`${method} ${path}`) {
        case "GET /store/carts/cart_1":
          return {
            cart: {
              id: "cart_1",
              completed_at: isOrder ? "2030-01-01T00:00:00.000Z" : null,
              total,
              payment_collection: { payment_sessions: action ? [session] : [] },
            },
          }
        case "POST /store/payment-sessions/payses_1/refresh": {
          wasAsked = true
          const state = left.length > 1 ? left.shift() : left[0]
          return { payment_session: { id: "payses_1", state } }
        }
        case "POST /store/carts/cart_1/complete":
          return await complete()
        default:
          return refuse(404, { message: `There is no ${path}` })
      }
    }) satisfies StoreFetch,
  }

  async function complete(): Promise<object | undefined> {
    if (!isOrder && Math.abs(total - session.amount) >= 0.01) {
      return refuse(409, { code: "cart_total_changed", message: "The cart costs another amount" })
    }
    const refusal = refusals.shift()
    switch (refusal) {
      case "cart_already_paid":
        return refuse(409, { code: refusal, message: "Paid already", order_id: "order_1" })
      case "out_of_stock":
        return refuse(400, { message: "Some variant does not have the required inventory" })
      case undefined:
    }
    if (isCompleting) {
      return refuse(409, { code: "cart_is_being_completed", message: "Being completed" })
    }
    if (!wasAsked) {
      return { type: "cart", cart: {}, error: { message: "Payment is not authorized" } }
    }
    isCompleting = true
    await new Promise<void>((resolve) => {
      timers.add(setTimeout(resolve, completionMs))
    })
    isCompleting = false
    store.order()
    return { type: "order", order: { id: "order_1" } }
  }

  return store
}

/** As the SDK's FetchError: a message and the status. */
export function httpError(status: number, message: string): Error {
  return Object.assign(new Error(message), { status })
}
