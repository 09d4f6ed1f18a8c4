/** What a gateway proved to have received for an order, as it is written to the journal. */
import { decimal, fitsDecimals, fixedAt } from "../../gateways/shared/money"
import type { GatewayOrder, ReceivedMoney } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import type { Decision } from "./evaluate-report"
import type { OrderReport, ProvenPayment } from "./gateway"
import { orderDecimals } from "./order-details"

/** Writes down what the gateway proved to have received, each payment once. */
export async function recordMoney(
  context: GatewayContext,
  order: GatewayOrder,
  report: OrderReport
): Promise<RecordedMoney> {
  const { receivesInParts } = context.gateway.capabilities
  let alreadyAllocated: Decision | undefined
  let received: readonly ReceivedMoney[] | undefined
  for (const payment of provenPayments(order, report, receivesInParts)) {
    const { money, ofOrder } = await context.journal.receiveMoney({
      provider_id: order.provider_id,
      gateway_id: payment.gatewayId,
      order_reference: order.reference,
      amount: atDecimals(context, order, payment.amount),
      currency_code: payment.currency,
    })
    received = ofOrder
    if (money.order_reference !== order.reference) {
      const explanation = `the gateway's payment ${money.gateway_id} was counted for ${money.order_reference} before`
      alreadyAllocated = { type: "mismatch", explanation }
    }
  }
  if (!receivesInParts) {
    return { money: report.money, alreadyAllocated, received }
  }
  // Read anew: of two servers that write a part each at once, the later has to see both.
  const all = await context.journal.moneyOfOrder(order.reference)
  return { money: all.map(asPayment), alreadyAllocated, received: all }
}

type RecordedMoney = {
  /** What counts for the order: what was reported, or all that ever came where payments come in parts. */
  money: OrderReport["money"]
  /** A mismatch where the gateway names a payment that was counted for another order: a payment pays only one. */
  alreadyAllocated?: Decision
  /** All that the journal has of the order's by now; undefined where nothing was written or read. */
  received?: readonly ReceivedMoney[]
}

function provenPayments(
  order: GatewayOrder,
  report: OrderReport,
  receivesInParts: boolean
): readonly Payment[] {
  if (report.money !== "as_ordered") {
    return report.state === "paid" || receivesInParts ? report.money : []
  }
  if (report.state !== "paid") {
    return []
  }
  return [
    {
      gatewayId: order.reference, // the one payment of this order, whatever number it gets later
      amount: order.amount,
      currency: order.currency_code,
    },
  ]
}

/** A text keeps the decimals in which the amount was ordered. */
type Payment = Pick<ProvenPayment, "gatewayId" | "currency"> & { amount: string }

/** As the order's own amount is written; what has more decimals than the gateway counts stays as it is. */
function atDecimals({ gateway }: GatewayContext, order: GatewayOrder, amount: string): string {
  const decimals = orderDecimals(gateway, order)
  const exact = decimal(amount)
  return fitsDecimals(exact, decimals) ? fixedAt(exact, decimals) : amount
}

function asPayment({ gateway_id, amount, currency_code }: ReceivedMoney): ProvenPayment {
  return { gatewayId: gateway_id, amount: decimal(amount), currency: currency_code }
}
