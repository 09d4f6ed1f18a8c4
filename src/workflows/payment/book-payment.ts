import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type { Booking } from "./booking"

/**
 * Has Medusa book what was paid: the payment, its capture, and the order of the cart. Run by itself and not as
 * a part of the calling workflow: as a part, Medusa leaves out the lock on the cart that keeps a shopper's
 * own completion from making the same order.
 */
export const bookPaymentStep = createStep(
  "book-gateway-payment",
  async (booking: Booking, { container }) => {
    await processPaymentWorkflow(container).run({ input: booking })
    return new StepResponse()
  }
)
