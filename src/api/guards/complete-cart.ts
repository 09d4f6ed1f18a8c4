import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { LeaseTakenError } from "../../modules/payment-journal/leases"
import { journalOf } from "../../providers/registry"
import { completingCart } from "../../workflows/payments/cart-completion"

/** As long as Medusa's own completion waits for its lock, in milliseconds. */
const patienceMs = 30_000

/**
 * Stands before the store's own completion of a cart, where an order was opened at a gateway for it: one
 * completion at a time, whether a shopper asks for it or a gateway's message does, and what a server that dies in
 * it leaves locked is released by the next.
 */
export async function completeCartGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const cartId = String(req.params.id)
  const orders = await journalOf(req.scope).bindingOrdersOfCart(cartId)
  if (orders.length === 0) {
    return next()
  }
  const complete = async () => {
    next()
    await answered(res)
  }
  try {
    await completingCart(req.scope, cartId, complete, { patienceMs })
  } catch (error) {
    if (!(error instanceof LeaseTakenError)) {
      throw error
    }
    res.status(409).json({
      type: "conflict",
      code: "cart_is_being_completed",
      message: "This cart is being made an order at this moment. Ask again in a moment",
    })
  }
}

/** Longer than Medusa gives a completion before its lock on the cart expires, in milliseconds. */
const longestMs = 120_000
const lookEveryMs = 25

/** Resolves when the handler has answered. A shopper who goes away does not end its work: only its answer does. */
export async function answered(res: MedusaResponse): Promise<void> {
  const giveUpAt = performance.now() + longestMs
  while (!res.writableEnded && performance.now() < giveUpAt) {
    await sleep(lookEveryMs)
  }
}
