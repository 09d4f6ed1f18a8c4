import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sessionRow } from "../payment/booking"

/** The payment session that was made for the money, on the order that it pays for. */
export type Attachment = { session_id: string; order_id: string }

/**
 * What an earlier wish to attach the money has left: its session, booked or not. Money that has one pays for
 * that order and for no other.
 */
export async function beganAttaching(
  container: MedusaContainer,
  { attached_session_id: session_id }: Pick<GatewayOrder, "attached_session_id">
): Promise<Attachment | undefined> {
  const session = session_id ? await sessionRow(container, session_id) : undefined
  if (!session) {
    return undefined
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id: session.payment_collection_id },
  })
  const order_id = data[0]?.order_id
  return order_id ? { session_id: session.id, order_id } : undefined
}
