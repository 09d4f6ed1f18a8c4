import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import { lastState, wasJustAsked } from "../providers/base/payment-status"
import { sessionOf } from "../providers/base/order-details"
import { failureMessages } from "../shared/errors"
import { SingleFlight } from "../shared/concurrency"
import { confirmPaymentWorkflow, type PaymentState } from "../workflows"

const confirmations = new SingleFlight<PaymentState>()

/**
 * The state of a payment session for a shopper who waits: the gateway is asked, and a cart that was paid is
 * completed. All who wait at once share one look, and who asks more often than the gateway is to be troubled gets
 * what the journal knows; see `syncForShopper`.
 *
 * @param newest the session's newest order, as it stands in the journal now
 */
export async function paymentState(
  container: MedusaContainer,
  newest: GatewayOrder
): Promise<PaymentState> {
  const state = await confirmations.run(sessionOf(newest), async () =>
    wasJustAsked(newest, new Date()) ? lastState(newest) : await confirmed(container, newest)
  )
  // Between the shop and the bank: it is no news for whoever waits for a checkout.
  return state === "chargeback" ? "paid" : state
}

async function confirmed(container: MedusaContainer, newest: GatewayOrder): Promise<PaymentState> {
  const { result, errors } = await confirmPaymentWorkflow(container).run({
    input: { session_id: sessionOf(newest), is_for_shopper: true },
    throwOnError: false,
  })
  if (errors.length === 0) {
    return result.state
  }
  const reason = failureMessages(errors)
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`Payment ${newest.reference} could not be brought to an end: ${reason}`)
  return "pending"
}
