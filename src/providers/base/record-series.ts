import { add, decimal, isPositive, subtract } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import type { ChargedSeries } from "./gateway"

/**
 * Tells the shop once of what a subscription has charged since it was last looked at. The journal's row is
 * unique for the total it leads to, so that of two who look at once only one tells.
 */
export async function recordSeries(
  { journal, announce }: GatewayContext,
  order: GatewayOrder,
  series: ChargedSeries
): Promise<void> {
  const known = await journal.moneyOfOrder(order.reference)
  const before = known
    .filter((money) => money.currency_code === series.currency)
    .reduce((sum, money) => add(sum, decimal(money.amount)), decimal("0"))
  const charged = subtract(series.total, before)
  if (known.length === 0 || !isPositive(charged)) {
    return // the order itself comes first, and what was told is not told again
  }
  const { isNew } = await journal.receiveMoney({
    provider_id: order.provider_id,
    gateway_id: `${series.gatewayId}#${series.total}`,
    order_reference: order.reference,
    amount: charged,
    currency_code: series.currency,
  })
  if (isNew) {
    await announce({
      name: series.event,
      data: {
        provider_id: order.provider_id,
        reference: order.reference,
        session_id: order.session_id,
        customer_id: order.customer_id,
        gateway_id: series.gatewayId,
        series: series.number,
        amount: charged,
        total_amount: series.total,
        currency_code: series.currency,
      },
    })
  }
}
