import { KessClient } from "../../gateways/kess/client"
import { kessPlaces } from "../../gateways/kess/price"
import { kessGateway, refusalWords } from "../../gateways/kess/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import type {
  GatewayDefinition,
  GatewayTools,
  GatewayCapabilities,
  PaymentGateway,
} from "../base/gateway"
import { timeoutsWithin } from "../base/options"
import { kessOptions, type KessOptions, kessSetUp } from "./options"
import { orderReport } from "./order-report"
import { refundCalls } from "./refund-calls"
import { waysToPay } from "./ways-to-pay"

const capabilities: GatewayCapabilities = {
  captures: "at_once",
  refunds: "partial",
  /**
   * Assumption: WeChat Pay and Alipay take some days to give money back to a bank card, and refuse it then where the
   * card is closed; KESS's page names no time. Two weeks are longer than either takes.
   */
  refundsSettleWithinDays: 14,
  reverses: false,
  webhooks: "none",
  receivesInParts: false,
  /**
   * Assumption: a QR can be paid for two hours, as WeChat Pay and Alipay give theirs; KESS's page names no time. A
   * shopper's code, which pays at once, is over long before.
   */
  payable: { hours: 2 },
  payer: {},
}

export const kess: GatewayDefinition<KessOptions> = {
  identifier: "kess",
  title: kessGateway,
  options: kessOptions,
  build: buildKessGateway,
}

export function buildKessGateway(options: KessOptions, tools: GatewayTools): PaymentGateway {
  const http = createGatewayHttp({
    gateway: kessGateway,
    baseUrl: options.baseUrl,
    timeouts: timeoutsWithin(options.timeoutMs),
    onCall: tools.onCall,
    errorWords: refusalWords,
  })
  const client = new KessClient(http, options)
  const { currency, feeRate } = options
  const places = kessPlaces[currency]
  return {
    title: kessGateway,
    setUp: kessSetUp,
    capabilities,
    places: { [currency]: places },
    ...waysToPay(client, options),
    async queryOrder(order) {
      return orderReport(await client.checkPayment(order.reference), order, { feeRate, places })
    },
    refund: refundCalls(client),
    parseWebhook: () => ({ type: "unreadable", reason: "KESS documents no webhooks" }),
  }
}
