import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import { SingleFlight } from "../../shared/single-flight"
import { askOrder, journalsVerdict, type AskedOrder } from "./ask-order"
import type { GatewayContext } from "./context"
import type { OrderReport } from "./gateway"

/** Between two questions about an order for a shopper, whichever server asks; in milliseconds. */
export const questionEveryMs = 2_000

const questions = new SingleFlight<AskedOrder>()

/**
 * Asks the gateway about an order because a shopper waits or changes the cart. One question about an order runs at
 * a time in this process, shared by all who wait for it, and one begins in `questionEveryMs` on all servers
 * together. Who comes in between gets the last answer, as the journal holds it.
 *
 * So "not paid" can be two seconds old. It costs nobody money: a payment made within them is as late as one made
 * right after a fresh answer. The journal keeps the order, the reconciliation and the gateway's message find what
 * was paid, and what then fits no cart is listed as unmatched.
 *
 * @throws GatewayError when the gateway gave no answer that can be read
 */
export function askForShopper(context: GatewayContext, order: GatewayOrder): Promise<AskedOrder> {
  return questions.run(order.reference, async () => {
    if (await context.journal.mayAsk(order.reference, questionEveryMs)) {
      return await askOrder(context, order)
    }
    const current = (await context.journal.findOrder(order.reference)) ?? order
    return { order: current, verdict: journalsVerdict(current) ?? { type: lastState(current) } }
  })
}

/** The state that the gateway's last answer left an order in. */
export function lastState({ state }: Pick<GatewayOrder, "state">): OrderReport["state"] {
  return lastStates[state]
}

const lastStates: Readonly<Record<GatewayOrderState, OrderReport["state"]>> = {
  opening: "pending",
  open: "pending",
  refused: "failed",
  authorized: "authorized",
  paid: "paid",
  failed: "failed",
  expired: "expired",
  canceled: "canceled",
  refunded: "refunded",
  chargeback: "chargeback",
}
