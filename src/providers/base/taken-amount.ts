import { fixedAt, isZero } from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { orderPlaces } from "./order-places"
import type { PaymentGateway } from "./payment-gateway"
import { sumOfDone } from "./sum-of-done"

/** What was really taken from the shopper, in major units: the order's amount, or the sum of its captures. */
export function takenAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  operations: readonly GatewayOperation[]
): string {
  const captured = sumOfDone(operations, "capture")
  return gateway.capabilities.captures === "at_once" || isZero(captured)
    ? order.amount
    : fixedAt(captured, orderPlaces(gateway, order))
}
