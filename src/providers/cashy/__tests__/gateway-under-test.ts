import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildCashyGateway, cashy } from "../gateway"

export const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const orderNo = "PAYIN8232154612109344768"
export const payDeskUrl = `https://desk.cashy.example/pay/${orderNo}`
/** What the gateway's clock shows. */
export const now = new Date("2030-01-01T00:00:00Z")

/** A gateway with the options that are required, and those that a test changes. */
export function gatewayAt(
  baseUrl: string,
  change: Record<string, unknown> = {},
  onCall: (record: GatewayCallRecord) => void = () => undefined
): PaymentGateway {
  const options = parseOptions(cashy, {
    baseUrl,
    merchantId: "1002001",
    apiKey: "test_api_key",
    currency: "PKR",
    payType: 36,
    notifyUrl: "https://shop.example/hooks/payment/cashy_cashy",
    ...change,
  })
  return buildCashyGateway(options, { now: () => now, onCall })
}
