import { equal, decimal, tryDecimal } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { findAnotherPayment } from "./another-payment"
import { askOrder, journalsVerdict, type AskedOrder } from "./ask-order"
import type { GatewayContext } from "./context"

export type News = {
  /** Whether it is proven who sent it. */
  isProven: boolean
  /** It tells of what comes after an order was paid. */
  isLater: boolean
  /** The gateway's own number of the payment it tells of. */
  gatewayId?: string
  /** What it claims was paid; compared, never believed. */
  claimedAmount?: string
}

/** Whoever can't prove to be the gateway makes it ask only as long as there is something to find out. */
export async function askAboutEvent(
  context: GatewayContext,
  order: GatewayOrder,
  { isProven, isLater, gatewayId, claimedAmount }: News
): Promise<AskedOrder> {
  const claimed = tryDecimal(claimedAmount)
  if (claimed !== undefined && !equal(claimed, decimal(order.amount))) {
    context.log.warn(
      `${context.gateway.title}: a webhook for ${order.reference} names another amount than the ${order.amount} ` +
        `${order.currency_code} that were ordered`
    )
  }
  const known = journalsVerdict(order)
  const asked =
    known && !isProven && !isLater
      ? { order, verdict: known }
      : await askOrder(context, await noteHint(context, order, gatewayId))
  if (asked.verdict.type !== "paid" && asked.verdict.type !== "refunded") {
    return asked
  }
  const another = await findAnotherPayment(context, asked.order, { gatewayId, isProven })
  await noteHint(context, asked.order, isProven ? undefined : gatewayId)
  return another === undefined ? asked : { ...asked, another }
}

async function noteHint(
  { journal }: GatewayContext,
  order: GatewayOrder,
  hint: string | undefined
): Promise<GatewayOrder> {
  if (hint === undefined || hint === order.gateway_id) {
    return order
  }
  await journal.noteHint(order.reference, hint)
  return (await journal.findOrder(order.reference)) ?? order
}
