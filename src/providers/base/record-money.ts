import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { decimal } from "../../gateways/shared/decimal"
import type { GatewayContext } from "./gateway-context"
import type { Verdict } from "./judge-report"
import type { OrderReport, ProvenPayment } from "./payment-gateway"

export type RecordedMoney = {
  /** What counts for the order: what was reported, or all that ever came where payments come in parts. */
  money: OrderReport["money"]
  /** Where the gateway names a payment that was counted for another order: it pays only one. */
  spent?: Verdict
}

/** Writes down what the gateway proved to have received, each payment once. */
export async function recordMoney(
  context: GatewayContext,
  order: GatewayOrder,
  report: OrderReport
): Promise<RecordedMoney> {
  const { receivesInParts } = context.gateway.capabilities
  let spent: Verdict | undefined
  for (const payment of provenPayments(order, report, receivesInParts)) {
    const { money } = await context.journal.receiveMoney({
      provider_id: order.provider_id,
      gateway_id: payment.gatewayId,
      order_reference: order.reference,
      amount: payment.amount,
      currency_code: payment.currency,
    })
    if (money.order_reference !== order.reference) {
      const explanation = `the gateway's payment ${money.gateway_id} was counted for ${money.order_reference} before`
      spent = { type: "mismatch", explanation }
    }
  }
  return { money: receivesInParts ? await allMoney(context, order) : report.money, spent }
}

/** A text keeps the places in which the amount was ordered. */
type Payment = Pick<ProvenPayment, "gatewayId" | "currency"> & { amount: string }

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

async function allMoney(
  { journal }: GatewayContext,
  order: GatewayOrder
): Promise<readonly ProvenPayment[]> {
  const rows = await journal.moneyOfOrder(order.reference)
  return rows.map((row) => ({
    gatewayId: row.gateway_id,
    amount: decimal(row.amount),
    currency: row.currency_code,
  }))
}
