import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildMocopayGateway, mocopay } from "../gateway"

export const rightOptions = {
  apiKey: "app1",
  secret: "this.is.a.secret",
  products: [
    { pid: "PP5", amount: "5", currency: "EUR" },
    { pid: "PP27638049", amount: "10.00", currency: "eur" },
  ],
}

/** Nobody answers at the address of a gateway that is not given one. */
export function gatewayUnderTest(
  change: Record<string, unknown> = {},
  onCall: (record: GatewayCallRecord) => void = () => undefined
): PaymentGateway {
  const options = parseOptions(mocopay, {
    baseUrl: "http://127.0.0.1:1",
    ...rightOptions,
    ...change,
  })
  return buildMocopayGateway(options, { now: () => new Date(0), onCall })
}
