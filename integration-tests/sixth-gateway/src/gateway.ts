import {
  callSettings,
  createGatewayHttp,
  decimal,
  type GatewayCapabilities,
  GatewayDeclinedError,
  type GatewayDefinition,
  type GatewayTools,
  type Operation,
  type OperationStatus,
  type OrderReport,
  type PaymentGateway,
} from "medusa-regional-payments/extend"
import { AcmeClient, acmeGateway, readWebhook } from "./client"
import { type AcmeOptions, acmeOptions, acmeSetUp } from "./options"

const capabilities: GatewayCapabilities = {
  capture: "automatic",
  refund: "multiple_partial",
  voids: false,
  links: false,
  webhooks: "signed",
  receivesInParts: false,
  payable: { hours: 24 },
  payer: { email: { required: true, maxLength: 100 } },
}

export const acme: GatewayDefinition<AcmeOptions> = {
  identifier: "acme",
  title: acmeGateway,
  options: acmeOptions,
  ownAddresses: { returnUrl: "page or return" },
  build: buildAcmeGateway,
}

function buildAcmeGateway(options: AcmeOptions, { onCall }: GatewayTools): PaymentGateway {
  const http = createGatewayHttp({
    gateway: acmeGateway,
    baseUrl: options.baseUrl,
    ...callSettings(options),
    onCall,
  })
  const client = new AcmeClient(http, options.apiKey)
  return {
    title: acmeGateway,
    setUp: acmeSetUp,
    capabilities,
    decimals: { eur: 2, jpy: 0 },
    async createOrder({ reference, amount, currency, returnUrl = options.returnUrl }) {
      const { id, url } = await client.createOrder({ reference, amount, currency, returnUrl })
      return { gatewayId: id, nextAction: { type: "redirect", url } }
    },
    queryOrder: async ({ reference }) => orderReport(await client.queryOrder(reference)),
    refund: {
      send: ({ order, reference, amount }) =>
        client.refundOrder(order.reference, reference, amount),
      ask: (operation) => askRefund(client, operation),
    },
    parseWebhook: (message) => readWebhook(message, options),
  }
}

/** What was paid is what Acme names, not what was ordered: the lifecycle compares the two. */
function orderReport(order: Awaited<ReturnType<AcmeClient["queryOrder"]>>): OrderReport {
  const { id, state, status, amount, currency, url } = order
  const payment = { gatewayId: id, amount: decimal(amount), currency: currency.toLowerCase() }
  return {
    state,
    rawStatus: status,
    gatewayId: id,
    nextAction: { type: "redirect", url },
    money: state === "paid" ? [payment] : [],
  }
}

/** A refund that Acme does not know, or refused, was not made: it can be sent again under the same reference. */
async function askRefund(client: AcmeClient, { reference }: Operation): Promise<OperationStatus> {
  try {
    const refund = await client.queryRefund(reference)
    return refund.outcome === "declined" ? { outcome: "may_repeat" } : refund
  } catch (error) {
    if (error instanceof GatewayDeclinedError && error.isNotFound) {
      return { outcome: "may_repeat" }
    }
    throw error
  }
}
