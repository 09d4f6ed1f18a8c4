import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import type { HeldLease } from "../../modules/payment-journal/leases"
import { askForShopper } from "../../providers/base/payment-status"
import { leaseKeys, withLeaseOf } from "../leases"
import { bookPayment } from "./book-payment"
import { paymentOfSession, type PaymentState } from "./payment-of-session"

export type ConfirmPaymentInput = {
  session_id: string
  /** Asks no more often than a shopper may make the gateway be asked; the last answer has to do in between. */
  is_for_shopper?: boolean
}

const confirmPaymentStep = createStep(
  "confirm-gateway-payment",
  async (input: ConfirmPaymentInput, { container }) =>
    new StepResponse(
      await withLeaseOf(
        container,
        leaseKeys.payment(input.session_id),
        async (lease) => await confirmPayment(container, input, lease)
      )
    )
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
  (input: WorkflowData<ConfirmPaymentInput>) => new WorkflowResponse(confirmPaymentStep(input))
)

async function confirmPayment(
  container: MedusaContainer,
  { session_id, is_for_shopper = false }: ConfirmPaymentInput,
  lease: HeldLease
): Promise<{ state: PaymentState }> {
  const ask = is_for_shopper ? askForShopper : undefined
  const payment = await paymentOfSession(container, session_id, ask)
  if (!payment) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `No order was opened at a gateway for payment session ${session_id}`
    )
  }
  if (payment.todo) {
    await bookPayment(container, payment.todo, lease)
  }
  return { state: payment.state }
}
