import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./gateway-context"
import type { PaymentSessionRow } from "./provider-cradle"
import { receivedAmount } from "./received-amount"
import { isWantedBy } from "./replace-order"

/**
 * What the shop's own workflow writes into a session's data to have money that came before pay for it. No
 * storefront can: what it writes is dropped unless it is listed.
 */
export const attachKey = "attach_reference"

/**
 * The order whose money a new session is made for, which then stands for that session in place of its own: no
 * order is opened at the gateway. Where another amount came than was ordered, what came is from then on what
 * the order is about. Undefined for the sessions of a checkout.
 *
 * @throws MedusaError not_allowed where its money is not what the session wants, or pays for something already
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
  const attached =
    order && order.provider_id === session.provider_id
      ? await attach(context, session, order)
      : undefined
  if (!attached) {
    throw notAllowed(
      `${context.gateway.title}: ${reference} can't pay for this: it was not paid, or with another amount`
    )
  }
  return attached
}

async function attach(
  context: GatewayContext,
  session: PaymentSessionRow,
  order: GatewayOrder
): Promise<GatewayOrder | undefined> {
  const received = order.state === "paid" ? undefined : await receivedAmount(context, order)
  const amount = order.state === "paid" ? order.amount : received
  return amount !== undefined && isWantedBy(context, session, { ...order, amount })
    ? await context.journal.attachOrder(order.reference, session.id, received)
    : undefined
}
