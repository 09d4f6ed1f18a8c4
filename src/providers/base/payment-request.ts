import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentRequest } from "../../modules/payment-journal/repositories/payment-requests"
import { isWantedBy, receivedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import type { PaymentSessionRow } from "./medusa-rows"

/** The key of a session's data by which the shop's own workflows name what they asked for; it is cleared at once. */
export const requestKey = "payment_request"

/** Words that ask for what only the shop's own server may have; as data of a session they are refused. */
const refusedKeys: readonly string[] = ["attach_reference", "invoice", "recurring"]

/**
 * What the shop's server asked of a session before it made it, taken for this session alone. Undefined for the
 * sessions of a checkout.
 *
 * @throws MedusaError not_allowed where the data asks for it in words, or names what was not asked of this session
 */
export async function takenRequest(
  { gateway, journal }: GatewayContext,
  session: PaymentSessionRow,
  data: Readonly<Record<string, unknown>>
): Promise<PaymentRequest | undefined> {
  const word = refusedKeys.find((key) => data[key] !== undefined && data[key] !== null)
  if (word !== undefined) {
    throw notAllowed(
      `${gateway.title}: ${word} can't be asked for in a payment session's data. Attach money that came before by ` +
        `POST /admin/gateway-payments/exceptions/:id/attach; make links and charge saved methods by ` +
        `createPaymentLinkWorkflow and chargeSavedMethodWorkflow`
    )
  }
  const id = data[requestKey]
  if (id === undefined || id === null) {
    return undefined
  }
  const request = typeof id === "string" ? await journal.takePaymentRequest(id, session) : undefined
  if (!request) {
    throw notAllowed(
      `${gateway.title}: this payment session is not the one that the shop's server asked for. Nothing was opened ` +
        `or charged`
    )
  }
  return request
}

/**
 * The order whose money a new session is made for, which then stands for that session in place of its own: no
 * order is opened at the gateway. Where another amount came than was ordered, what came is from then on what
 * the order is about. Undefined for the sessions that are paid at the gateway.
 *
 * @throws MedusaError not_allowed where its money is not what the session wants, is not on the list of payment
 * exceptions any more, or pays for something already
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
