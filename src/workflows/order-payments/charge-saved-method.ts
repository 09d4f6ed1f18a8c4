import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { gatewayContextOf } from "../../providers/registry"
import { leaseKeys, withLeaseOf, withPaymentsOfOrder } from "../leases"
import { oneStepWorkflow } from "../one-step"
import { paymentOfSession, type PaymentState } from "../payments/settle-payment"
import { openOrderPaymentWorkflow } from "./open-order-payment"

export type ChargeSavedMethodInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** The gateway's number of the method that the order's customer saved. */
  saved_method_id: string
  /** Major units; all that is due on the order where there is none. */
  amount?: BigNumberInput
}

export type ChargedOrder = { session_id: string; state: PaymentState }

/**
 * Charges a payment method that a customer saved, without the customer: for the shop's own subscription
 * logic. While an earlier charge of the order is not settled, another is refused and nothing is sent.
 *
 * @returns the payment session and its state; `pending` when the outcome is not known yet (run
 * `confirmPaymentWorkflow` for the session later), `failed` when the gateway declined
 * @throws MedusaError not_allowed when it is more than is due, not_found for an unknown order
 */
export const chargeSavedMethodWorkflow = oneStepWorkflow(
  "charge-saved-method",
  async (container, input: ChargeSavedMethodInput) =>
    await withPaymentsOfOrder(container, input.order_id, () => charge(container, input))
)

/** Fails only before anything was sent: after that the session has to stay, so that its money is found. */
async function charge(
  container: MedusaContainer,
  { order_id, provider_id, saved_method_id, amount }: ChargeSavedMethodInput
): Promise<ChargedOrder> {
  const { result: opened } = await openOrderPaymentWorkflow(container).run({
    input: { order_id, provider_id, amount, purpose: "charge", saved_method_id },
  })
  // A message may tell of the charge before its own answer is booked: one after the other.
  const state = await withLeaseOf(
    container,
    leaseKeys.payment(opened.session_id),
    async () => await chargeSession(container, provider_id, opened)
  )
  return { session_id: opened.session_id, state }
}

/** Has Medusa authorize a session, by which its order is charged, and book what was paid. Under the payment's lease. */
export async function chargeSession(
  container: MedusaContainer,
  providerId: string,
  { session_id, amount }: { session_id: string; amount: number }
): Promise<PaymentState> {
  const capabilities = gatewayContextOf(container, providerId)?.context.gateway.capabilities
  const isTakenAtOnce = capabilities?.capture === "automatic"
  await processPaymentWorkflow(container).run({
    input: {
      action: isTakenAtOnce ? PaymentActions.SUCCESSFUL : PaymentActions.AUTHORIZED,
      data: { session_id, amount },
    },
    throwOnError: false,
  })
  const payment = await paymentOfSession(container, session_id)
  return payment?.state ?? "pending"
}
