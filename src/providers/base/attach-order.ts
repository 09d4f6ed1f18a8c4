import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import type { PaymentSessionRow } from "./provider-cradle"
import { isWantedBy } from "./replace-order"

/**
 * What the shop's own workflow writes into a session's data to have money that came before pay for it. No
 * storefront can: what it writes is dropped unless it is listed.
 */
export const attachKey = "attach_reference"

/**
 * The paid order that a new session is made for, which then stands for that session in place of its own: no
 * order is opened at the gateway. Undefined for the sessions of a checkout.
 *
 * @throws MedusaError not_allowed where the order was not paid, or with another amount than the session wants
 */
export async function attachedOrder(
  context: GatewayContext,
  session: PaymentSessionRow,
  data: Readonly<Record<string, unknown>>
): Promise<GatewayOrder | undefined> {
  const reference = data[attachKey]
  if (typeof reference !== "string") {
    return undefined
  }
  const order = await context.journal.findOrder(reference)
  const isOwn = order?.provider_id === session.provider_id
  if (!order || !isOwn || order.state !== "paid" || !isWantedBy(context, session, order)) {
    throw notAllowed(
      `${context.gateway.title}: ${reference} can't pay for this: it was not paid, or with another amount`
    )
  }
  return await context.journal.attachOrder(reference, session.id)
}
