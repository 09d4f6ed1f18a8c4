import { doctor } from "./gateways/doctor.suite"
import { faultMatrix } from "./gateways/fault-matrix.suite"
import { paymentList } from "./gateways/payment-list.suite"
import { payments } from "./gateways/payments.suite"
import { providerSettings } from "./gateways/provider-settings.suite"
import { reconciliation } from "./gateways/reconciliation.suite"
import { describeGatewayShop } from "./support/gateway-shop"
import { gatewaysOfCalls } from "./support/money-calls"

describeGatewayShop("a shop with every gateway:", gatewaysOfCalls, (shop) => {
  payments(shop)
  paymentList(shop)
  providerSettings(shop)
  doctor(shop)
  reconciliation(shop)
  faultMatrix(shop, "one each")
})
