import { add, decimal, fixedAt } from "../../gateways/shared/decimal"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { orderPlaces } from "./order-places"
import type { PaymentGateway } from "./payment-gateway"

/** What was really taken from the shopper, in major units: the order's amount, or the sum of its captures. */
export function takenAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  operations: readonly GatewayOperation[]
): string {
  const captures = operations.filter(
    (operation) => operation.kind === "capture" && operation.state === "done"
  )
  if (gateway.capabilities.captures === "at_once" || captures.length === 0) {
    return order.amount
  }
  const sum = captures.reduce((total, capture) => add(total, decimal(capture.amount)), decimal("0"))
  return fixedAt(sum, orderPlaces(gateway, order))
}
