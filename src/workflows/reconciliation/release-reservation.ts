import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sessionOf } from "../../providers/base/order-details"
import type { PaymentState } from "../payment/payment-of-session"

const notTaken: readonly (PaymentState | null)[] = ["authorized", "canceled"]

/**
 * Cancels the payments of an order that was canceled, where core could not. Core cancels the order although a
 * gateway did not give its reservation back, and nobody can repeat that in the dashboard. It goes the way that
 * core went: a reversal whose outcome is not known is asked about before anything is sent again.
 *
 * @param state what the gateway said just now
 * @returns whether there was something to cancel
 * @throws MedusaError in the words of the gateway while the reservation can't be given back
 */
export async function releaseReservation(
  container: MedusaContainer,
  order: Pick<GatewayOrder, "session_id" | "attached_session_id">,
  state: PaymentState | null
): Promise<boolean> {
  if (!notTaken.includes(state)) {
    return false
  }
  const left = await paymentsOfCanceledOrder(container, sessionOf(order))
  for (const id of left) {
    await container.resolve(Modules.PAYMENT).cancelPayment(id)
  }
  return left.length > 0
}

/** Those that Medusa neither captured nor canceled. */
async function paymentsOfCanceledOrder(
  container: MedusaContainer,
  sessionId: string
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: ["id", "canceled_at", "captures.id", "payment_collection.order.status"],
    filters: { payment_session_id: sessionId },
  })
  return data
    .filter(
      ({ canceled_at, captures, payment_collection }) =>
        !canceled_at &&
        (captures ?? []).length === 0 &&
        payment_collection?.order?.status === "canceled"
    )
    .map(({ id }) => id)
}
