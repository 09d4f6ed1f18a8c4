import { decimal, subtract, type DecimalString } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { sumOfDone, takenAmount } from "../../providers/base/amounts"

/** What was taken for a payment and what of it was surely not given back yet, in major units, by the journal. */
export async function stillDue(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<{ taken: string; due: DecimalString }> {
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  return { taken, due: subtract(decimal(taken), sumOfDone(operations, "refund")) }
}
