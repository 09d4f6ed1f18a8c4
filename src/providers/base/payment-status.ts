import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { AskedOrder } from "./ask-order"
import { awaitsCharge, chargeOrder } from "./charge-order"
import type { GatewayContext } from "./context"
import { orderStatus, type Ask } from "./order-status"

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
  ask?: Ask
): Promise<AskedOrder> {
  const [first, ...others] = wanted
  if (!first) {
    return unwanted(context, await orderStatus(context, newest, ask))
  }
  const isToCharge = mayCharge && awaitsCharge(context, first)
  let newestAnswer: AskedOrder | undefined
  for (const order of isToCharge ? others : wanted) {
    const answer = await orderStatus(context, order, ask)
    if (holdsMoney(answer)) {
      return answer
    }
    newestAnswer ??= answer
  }
  if (isToCharge) {
    return await chargeOrder(context, first)
  }
  return newestAnswer ?? (await orderStatus(context, newest, ask))
}

function unwanted({ gateway, log }: GatewayContext, answer: AskedOrder): AskedOrder {
  if (!holdsMoney(answer)) {
    return answer
  }
  const { reference, amount, currency_code } = answer.order
  const explanation = `${amount} ${currency_code} came, and the session now wants another amount`
  log.error(
    `${gateway.title}: payment ${reference} is not accepted: ${explanation}. Refund it there`
  )
  return { order: answer.order, verdict: { type: "mismatch", explanation } }
}

function holdsMoney({ verdict }: AskedOrder): boolean {
  return verdict.type === "paid" || verdict.type === "authorized"
}
