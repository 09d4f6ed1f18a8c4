import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentRequest } from "../../modules/payment-journal/payment-request"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import type { PaymentSessionRow } from "./medusa-rows"
import { receivedAmount } from "./amounts"
import { isWantedBy } from "./replace-order"

/**
 * The order whose money a new session is made for, which then stands for that session in place of its own: no
 * order is opened at the gateway. Where another amount came than was ordered, what came is from then on what
 * the order is about. Undefined for the sessions that are paid at the gateway.
 *
 * @throws MedusaError not_allowed where its money is not what the session wants, is not on the list of unmatched
 * payments any more, or pays for something already
 */
export async function attachedOrder(
  context: GatewayContext,
  session: PaymentSessionRow,
  request: PaymentRequest | undefined
): Promise<GatewayOrder | undefined> {
  if (request?.purpose !== "attach") {
    return undefined
  }
  const order =
    request.reference === null ? undefined : await context.journal.findOrder(request.reference)
  const attached =
    order && order.provider_id === session.provider_id
      ? await attach(context, session, order)
      : undefined
  if (!attached) {
    throw notAllowed(
      `${context.gateway.title}: ${request.reference} can't pay for this: it was not paid, with another amount, or ` +
        `it pays for something already`
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
