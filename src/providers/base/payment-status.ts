import { GatewayError } from "../../gateways/shared/gateway-error"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { askOrder, journalsVerdict, type AskedOrder } from "./ask-order"
import { words } from "./errors"
import type { GatewayContext } from "./gateway-context"

/** A payment's orders: the newest, and all that stand for what is wanted by now, the newest first. */
export type OrdersOfPayment = { newest: GatewayOrder; wanted: readonly GatewayOrder[] }

/**
 * Where a payment stands. A session whose amount changed and changed back has two orders that the shopper
 * may have paid: the first that holds the money decides. Where none stands for what is wanted, the newest is
 * asked all the same, so that its money is known, but it pays for nothing.
 */
export async function paymentStatus(
  context: GatewayContext,
  { newest, wanted }: OrdersOfPayment
): Promise<AskedOrder> {
  if (wanted.length === 0) {
    return unwanted(context, await orderStatus(context, newest))
  }
  let newestAnswer: AskedOrder | undefined
  for (const order of wanted) {
    const answer = await orderStatus(context, order)
    if (holdsMoney(answer)) {
      return answer
    }
    newestAnswer ??= answer
  }
  return newestAnswer ?? (await orderStatus(context, newest))
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

/** An unknown outcome is pending, not an error: the shopper may have paid. */
async function orderStatus(context: GatewayContext, order: GatewayOrder): Promise<AskedOrder> {
  const known = journalsVerdict(order)
  if (known) {
    return { order, verdict: known }
  }
  try {
    return await askOrder(context, order)
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    context.log.warn(
      `${context.gateway.title}: could not ask about ${order.reference}${words(error)}`
    )
    return { order, verdict: { type: "pending" } }
  }
}

function holdsMoney({ verdict }: AskedOrder): boolean {
  return verdict.type === "paid" || verdict.type === "authorized"
}
