import { compare, decimal, equal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { receivedAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import type { HeldMoney } from "./announce-exception"

/** Why money can't become a payment of an order, so that the dashboard can say it in its own language. */
export const attachRefusals = [
  "reserves_first",
  "refund_begun",
  "not_paid",
  "other_currency",
  "to_be_given_back",
  "on_top",
  "amount_changed",
] as const

export type AttachRefusal = {
  code: (typeof attachRefusals)[number]
  /** The same for people, with what they can do instead. */
  message: string
}

/** Major units. */
export type Attachable = { amount: string } | { refusal: AttachRefusal }

/** Where Medusa can't book the money as a payment of its own. */
const byHand =
  "mark what it pays for as paid in the dashboard, or give it back; then close this with a note"

/**
 * What a payment exception is worth to an order: what was asked for, where exactly that was paid, else what came; or
 * why it can't become a payment of Medusa's.
 */
export async function attachableAmount(
  context: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder,
  found: HeldMoney
): Promise<Attachable> {
  const { gateway, journal } = context
  const { reference } = order
  if (gateway.capabilities.capture !== "automatic") {
    return refused(
      "reserves_first",
      `${gateway.title} reserves money before it takes it, and such a payment can't be attached: ${byHand}`
    )
  }
  const refunds = await journal.operationsOfOrder(reference, "refund")
  if (refunds.some(({ state }) => state !== "declined")) {
    return refused(
      "refund_begun",
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
      return refused(
        "other_currency",
        `${found.amount} ${found.currency_code.toUpperCase()} came for ${reference}, which is in ` +
          `${found.expected_currency_code.toUpperCase()}: it can't be attached to an order; ${byHand}`
      )
    case "refund_due":
    case "refund_failed":
      return refused(
        "to_be_given_back",
        `${reference} is to be given back, and pays for no other order: refund it, or record how it was ` +
          `given back`
      )
  }
}

function refused(code: AttachRefusal["code"], message: string): Attachable {
  return { refusal: { code, message } }
}

function exactAmount({ reference, state, requested_amount }: GatewayOrder): Attachable {
  return state === "paid"
    ? { amount: requested_amount }
    : refused("not_paid", `${reference} is ${state} by now: there is nothing to attach`)
}

/** Of what came on top of a payment that is booked already, Medusa can't make a second one. */
async function amountThatCame(
  context: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder,
  found: HeldMoney
): Promise<Attachable> {
  const { reference, currency_code } = order
  const currency = currency_code.toUpperCase()
  if (!equal(decimal(found.amount), decimal(found.received_amount))) {
    return refused(
      "on_top",
      `${found.amount} ${currency} came on top of ${reference}, which pays for its order already, and can't be ` +
        `attached by itself: ${byHand}`
    )
  }
  const received = await receivedAmount(context, order)
  if (received === undefined || compare(decimal(received), decimal(found.amount)) !== 0) {
    return refused(
      "amount_changed",
      `${received ?? "Something else"} came for ${reference} by now, and not ${found.amount} ${currency}: look ` +
        `at it again in a minute`
    )
  }
  return { amount: received }
}
