import { MedusaError } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import { askForShopper } from "../../providers/base/ask-for-shopper"
import { bookPaymentStep } from "./book-payment"
import { lockKeyOfSession, lockPayment, unlockPayment } from "./payment-lock"
import { paymentOfSession } from "./payment-of-session"

export type ConfirmPaymentInput = {
  session_id: string
  /** Asks no more often than a shopper may make the gateway be asked; the last answer has to do in between. */
  is_for_shopper?: boolean
}

const askGatewayStep = createStep(
  "ask-gateway-about-payment",
  async ({ session_id, is_for_shopper = false }: ConfirmPaymentInput, { container }) => {
    const payment = await paymentOfSession(
      container,
      session_id,
      is_for_shopper ? askForShopper : undefined
    )
    if (!payment) {
      throw new MedusaError(
        MedusaError.Types.NOT_FOUND,
        `No order was opened at a gateway for payment session ${session_id}`
      )
    }
    return new StepResponse(payment)
  }
)

/**
 * Asks the gateway about a payment session and, where it was paid, has Medusa complete the cart, or book the
 * payment on the order that it belongs to. Safe to run at any time and any number of times.
 *
 * @returns the payment's state
 * @throws MedusaError not_found when no gateway of this package has an order for the session
 */
export const confirmPaymentWorkflow = createWorkflow(
  "confirm-regional-payment",
  (input: WorkflowData<ConfirmPaymentInput>) => {
    const key = transform({ input }, ({ input }) => lockKeyOfSession(input.session_id))
    lockPayment(key)
    const payment = askGatewayStep(input)
    when("payment-is-to-be-booked", { payment }, ({ payment }) => payment.todo !== null).then(
      () => {
        const todo = transform({ payment }, ({ payment }) => {
          if (!payment.todo) {
            throw new Error("There is nothing to book")
          }
          return payment.todo
        })
        bookPaymentStep(todo)
      }
    )
    unlockPayment(key)
    return new WorkflowResponse(transform({ payment }, ({ payment }) => ({ state: payment.state })))
  }
)
