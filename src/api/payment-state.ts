import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOrder, GatewayOrderState } from "../modules/payment-journal/gateway-order"
import { sessionOf } from "../providers/base/session-of"
import { journalOf } from "../providers/gateway-context-of"
import { confirmPaymentWorkflow, type PaymentState } from "../workflows"

/** A shopper who waits costs the gateway no more than one question in this time, in milliseconds. */
const questionEveryMs = 2_000

/** What the journal alone says to a shopper. */
const states: Readonly<Record<GatewayOrderState, PaymentState>> = {
  opening: "pending",
  open: "pending",
  refused: "failed",
  authorized: "authorized",
  paid: "paid",
  failed: "failed",
  expired: "expired",
  canceled: "canceled",
  refunded: "refunded",
  chargeback: "paid", // between the shop and the bank: it is no news for whoever waits for a checkout
}

/**
 * The state of a payment session for a shopper who waits: the gateway is asked, and a cart that was paid is
 * completed. Whoever asks more often than the gateway is to be troubled gets what the journal knows.
 */
export async function paymentState(
  container: MedusaContainer,
  newest: GatewayOrder
): Promise<PaymentState> {
  if (!(await journalOf(container).mayAsk(newest.reference, questionEveryMs))) {
    return states[newest.state]
  }
  const { result, errors } = await confirmPaymentWorkflow(container).run({
    input: { session_id: sessionOf(newest) },
    throwOnError: false,
  })
  if (errors.length === 0) {
    return result.state
  }
  const reason = errors.map(({ error }) => error?.message ?? "unknown error").join("; ")
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`Payment ${newest.reference} could not be brought to an end: ${reason}`)
  return "pending"
}
