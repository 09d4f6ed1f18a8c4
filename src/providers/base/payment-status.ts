import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import { SingleFlight } from "../../shared/concurrency"
import { awaitsCharge, chargeOrder } from "./charge"
import type { GatewayContext } from "./context"
import type { OrderReport } from "./gateway"
import {
  type SyncOrder,
  type SyncedOrder,
  syncOrder,
  decisionOfJournal,
  orderStatus,
} from "./sync-order"

/** A payment's orders: the newest, and all that stand for what is wanted by now, the newest first. */
export type OrdersOfPayment = { newest: GatewayOrder; wanted: readonly GatewayOrder[] }

/**
 * Where a payment stands. A session whose amount changed and changed back has two orders that the shopper
 * may have paid: the first that holds the money decides. Where none stands for what is wanted, the newest is
 * asked all the same, so that its money is known, but it pays for nothing.
 *
 * @param mayCharge whether the payment is being authorized: only then is anything charged from the server
 */
export async function paymentStatus(
  context: GatewayContext,
  { newest, wanted }: OrdersOfPayment,
  mayCharge: boolean,
  sync?: SyncOrder
): Promise<SyncedOrder> {
  const [first, ...others] = wanted
  if (!first) {
    return unwanted(context, await orderStatus(context, newest, sync))
  }
  const isToCharge = mayCharge && awaitsCharge(context, first)
  let newestOutcome: SyncedOrder | undefined
  for (const order of isToCharge ? others : wanted) {
    const answer = await orderStatus(context, order, sync)
    if (holdsMoney(answer)) {
      return answer
    }
    newestOutcome ??= answer
  }
  if (isToCharge) {
    return await chargeOrder(context, first)
  }
  return newestOutcome ?? (await orderStatus(context, newest, sync))
}

function unwanted({ gateway, log }: GatewayContext, answer: SyncedOrder): SyncedOrder {
  if (!holdsMoney(answer)) {
    return answer
  }
  const { reference, amount, currency_code } = answer.order
  const explanation = `${amount} ${currency_code} came, and the session now wants another amount`
  log.error(
    `${gateway.title}: payment ${reference} is not accepted: ${explanation}. Refund it there`
  )
  return { order: answer.order, decision: { type: "mismatch", explanation } }
}

function holdsMoney({ decision }: SyncedOrder): boolean {
  return decision.type === "paid" || decision.type === "authorized"
}

/** Between two questions about an order for a shopper, whichever server asks; in milliseconds. */
export const questionEveryMs = 2_000

const questions = new SingleFlight<SyncedOrder>()

/**
 * Asks the gateway about an order because a shopper waits or changes the cart. One question about an order runs at
 * a time in this process, shared by all who wait for it, and one begins in `questionEveryMs` on all servers
 * together. Who comes in between gets the last answer, as the journal holds it.
 *
 * So "not paid" can be two seconds old. It costs nobody money: a payment made within them is as late as one made
 * right after a fresh answer. The journal keeps the order, the reconciliation and the gateway's message find what
 * was paid, and what then fits no cart is listed as an exception.
 *
 * @throws GatewayError when the gateway gave no answer that can be read
 */
export function syncForShopper(context: GatewayContext, order: GatewayOrder): Promise<SyncedOrder> {
  return questions.run(order.reference, async () => {
    if (await context.journal.mayAsk(order.reference, questionEveryMs)) {
      return await syncOrder(context, order)
    }
    const current = (await context.journal.findOrder(order.reference)) ?? order
    return { order: current, decision: decisionOfJournal(current) ?? { type: lastState(current) } }
  })
}

/** Whether the journal's answer about an order will do, because the gateway was asked a moment before `now`. */
export function wasJustAsked({ asked_at }: Pick<GatewayOrder, "asked_at">, now: Date): boolean {
  // It is of the database's clock, which this server's may be behind: a time that is still to come says nothing.
  const age = asked_at === null ? -1 : now.getTime() - asked_at.getTime()
  return age >= 0 && age < questionEveryMs
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
