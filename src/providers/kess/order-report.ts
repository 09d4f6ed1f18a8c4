import { partsOf, type KessPrice } from "../../gateways/kess/price"
import type { KessPaymentCheck } from "../../gateways/kess/messages"
import { decimal } from "../../gateways/shared/money"
import type { KnownOrder, OrderReport } from "../base/gateway"

/**
 * What check payment status says of an order. Not paid is pending, whatever the message: KESS documents no
 * final refusal, and an order that looks dead may be paid a moment later.
 */
export function orderReport(
  check: KessPaymentCheck,
  order: Pick<KnownOrder, "reference" | "amount" | "currency">,
  pricing: Omit<KessPrice, "amount">
): OrderReport {
  const said = { word: String(check.is_success), message: check.message ?? undefined }
  if (!check.is_success) {
    return { ...said, state: "pending", money: [] }
  }
  const { currency } = check
  const parts =
    currency === order.currency
      ? partsOf(check.amount, { amount: decimal(order.amount), ...pricing })
      : undefined
  return {
    ...said,
    state: "paid",
    // The check names no number of the payment; an order is paid once, so that ours is as good.
    money: [{ gatewayId: order.reference, amount: parts?.amount ?? check.amount, currency }],
    ...(parts?.fee === undefined ? {} : { surplus: parts.fee }),
  }
}
