import { FetchError } from "@medusajs/js-sdk"
import { waitForPayment } from "medusa-regional-payments/storefront"
import type { Shop } from "../shop"
import type { StoreQuestions } from "./follow-payment"

/** Asks the store about one cart, through the Store API. */
export function storeQuestions({ sdk }: Shop, cartId: string, signal: AbortSignal): StoreQuestions {
  return {
    async session() {
      const { cart } = await sdk.store.cart.retrieve(cartId)
      return cart.payment_collection?.payment_sessions?.[0]
    },
    wait: (sessionId) =>
      waitForPayment((path, init) => sdk.client.fetch(path, init), sessionId, { signal }),
    async order() {
      try {
        // Completing a cart that is an order already answers with that order.
        const answer = await sdk.store.cart.complete(cartId)
        return answer.type === "order" ? answer.order.id : undefined
      } catch (error) {
        // The webhook is completing the cart at this moment.
        if (error instanceof FetchError && error.status === 409) return undefined
        throw error
      }
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}
