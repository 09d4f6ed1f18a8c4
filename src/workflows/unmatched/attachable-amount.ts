import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { compare, decimal, equal } from "../../gateways/shared/money"
import { notAllowed } from "../../providers/base/errors"
import type { GatewayContext } from "../../providers/base/context"
import { receivedAmount } from "../../providers/base/amounts"
import type { HeldMoney } from "./held-money"

/** Where Medusa can't book the money as a payment of its own. */
const byHand =
  "mark what it pays for as paid in the dashboard, or give it back; then close this with a note"

/**
 * What an unmatched payment is worth to an order: what was asked for, where exactly that was paid, else what
 * came. Major units.
 *
 * @throws MedusaError not_allowed that says why it can't become a payment of Medusa's, and what to do instead
 */
export async function attachableAmount(
  context: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder,
  found: HeldMoney
): Promise<string> {
  const { gateway, journal } = context
  const { reference } = order
  if (gateway.capabilities.captures !== "at_once") {
    throw notAllowed(
      `${gateway.title} reserves money before it takes it, and such a payment can't be attached: ${byHand}`
    )
  }
  const refunds = await journal.operationsOfOrder(reference, "refund")
  if (refunds.some(({ state }) => state !== "declined")) {
    throw notAllowed(
      `A refund of ${reference} was begun: it can't be attached any more. Refund it, or close it`
    )
  }
  switch (found.kind) {
    case "session_gone":
    case "paid_twice":
    case "order_not_made":
      return exactAmount(order)
    case "too_little":
    case "too_much":
      return await amountThatCame(context, order, found)
    case "other_currency":
      throw notAllowed(
        `${found.amount} ${found.currency_code.toUpperCase()} came for ${reference}, which is in ` +
          `${found.expected_currency_code.toUpperCase()}: it can't be attached to an order; ${byHand}`
      )
    case "refund_due":
    case "refund_failed":
      throw notAllowed(
        `${reference} is to be given back, and pays for no other order: refund it, or record how it was ` +
          `given back`
      )
  }
}

function exactAmount({ reference, state, requested_amount }: GatewayOrder): string {
  if (state !== "paid") {
    throw notAllowed(`${reference} is ${state} by now: there is nothing to attach`)
  }
  return requested_amount
}

/** Of what came on top of a payment that is booked already, Medusa can't make a second one. */
async function amountThatCame(
  context: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder,
  found: HeldMoney
): Promise<string> {
  const { reference, currency_code } = order
  const currency = currency_code.toUpperCase()
  if (!equal(decimal(found.amount), decimal(found.received_amount))) {
    throw notAllowed(
      `${found.amount} ${currency} came on top of ${reference}, which pays for its order already, and can't be ` +
        `attached by itself: ${byHand}`
    )
  }
  const received = await receivedAmount(context, order)
  if (received === undefined || compare(decimal(received), decimal(found.amount)) !== 0) {
    throw notAllowed(
      `${received ?? "Something else"} came for ${reference} by now, and not ${found.amount} ${currency}: look ` +
        `at it again in a minute`
    )
  }
  return received
}
