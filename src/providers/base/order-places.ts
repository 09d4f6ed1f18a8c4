import { placesFor } from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentGateway } from "./payment-gateway"

/** An order was only opened in a currency that the gateway has; its own amount tells the places otherwise. */
export function orderPlaces(gateway: PaymentGateway, order: GatewayOrder): number {
  return placesFor(gateway.places, order.currency_code) ?? order.amount.split(".")[1]?.length ?? 0
}
