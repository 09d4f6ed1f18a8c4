import { FetchError } from "@medusajs/js-sdk"
import type { HttpTypes } from "@medusajs/framework/types"
import type { Shop } from "./shop"
import type { PaymentState, StoreQuestions } from "./watch-payment"

/** Asks the store about one cart, through the Store API. */
export function paymentQuestions({ sdk }: Shop, cartId: string): StoreQuestions {
  const order = async (): Promise<PaymentState | undefined> => {
    try {
      // Completing a cart that is an order already answers with that order.
      const answer = await sdk.store.cart.complete(cartId)
      return answer.type === "order" ? { type: "ordered", orderId: answer.order.id } : undefined
    } catch (error) {
      // 409: the webhook is completing the cart at this moment. 400: its payment failed, so there is nothing to complete.
      if (error instanceof FetchError && (error.status === 409 || error.status === 400)) return
      throw error
    }
  }
  const payment = (cart: HttpTypes.StoreCart): PaymentState => ({
    type: hasFailed(cart) ? "failed" : "unpaid",
  })
  return {
    async complete() {
      return (await order()) ?? payment((await sdk.store.cart.retrieve(cartId)).cart)
    },
    async look() {
      const { cart } = await sdk.store.cart.retrieve(cartId)
      const ordered = "completed_at" in cart && cart.completed_at ? await order() : undefined
      return ordered ?? payment(cart)
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}

function hasFailed(cart: HttpTypes.StoreCart): boolean {
  const sessions = cart.payment_collection?.payment_sessions ?? []
  return sessions.some(({ status }) => status === "error" || status === "canceled")
}
