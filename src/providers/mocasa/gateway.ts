import { MocasaClient, type MocasaOrder } from "../../gateways/mocasa/client"
import { mocasaGateway, saysAlreadyRefunded } from "../../gateways/mocasa/errors"
import { readWebhook } from "../../gateways/mocasa/webhook"
import { GatewayUnknownError } from "../../gateways/shared/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import type {
  GatewayDefinition,
  GatewayTools,
  GatewayCapabilities,
  Operation,
  OperationStatus,
  OperationResult,
  OrderReport,
  PaymentGateway,
} from "../base/gateway"
import { callSettings } from "../base/options"
import { mocasaSetUp, mocasaOptions, type MocasaOptions, webhookTrust } from "./options"

const capabilities: GatewayCapabilities = {
  capture: "automatic",
  refund: "full",
  voids: false,
  links: true,
  webhooks: "signed",
  receivesInParts: false,
  /** Mocasa, "Create Order": no call cancels an order and none of its fields ends it, after `failed` either. */
  payable: "without_end",
  payer: {},
}

/** Assumption: amounts are pesos with two decimals; the API has no field for a currency. */
const decimals = { php: 2 } as const

const defaultReason = "Refunded by the shop"

export const mocasa: GatewayDefinition<MocasaOptions> = {
  identifier: "mocasa",
  title: mocasaGateway,
  options: mocasaOptions,
  ownAddresses: { returnUrl: "page or return" },
  build: buildMocasaGateway,
}

export function buildMocasaGateway(options: MocasaOptions, tools: GatewayTools): PaymentGateway {
  const http = createGatewayHttp({
    gateway: mocasaGateway,
    baseUrl: options.baseUrl,
    ...callSettings(options),
    onCall: tools.onCall,
  })
  const client = new MocasaClient(http, options, tools.now, tools.tokens)
  const trust = webhookTrust(options)
  return {
    title: mocasaGateway,
    setUp: mocasaSetUp,
    capabilities,
    decimals,
    async createOrder(order) {
      const { paymentLink } = await client.createOrder({
        orderNo: order.reference,
        amount: order.amount,
        productName: options.productName ?? `Order ${order.reference}`,
        customerId: order.customerId ?? order.reference,
        returnUrl: order.returnUrl ?? options.returnUrl,
      })
      return { nextAction: { type: "redirect", url: paymentLink } }
    },
    async queryOrder(order) {
      return orderReport(await client.queryOrder(order.reference))
    },
    refund: {
      send: (operation) => sendRefund(client, operation),
      ask: (operation) => askRefund(client, operation),
    },
    parseWebhook: (message) => readWebhook(message, trust),
  }
}

/** The answer names no amount: the order was made with ours, under a reference that stands for it alone. */
function orderReport(order: MocasaOrder): OrderReport {
  return {
    state: order.state,
    rawStatus: order.txStatus,
    message: order.txMessage,
    ...(order.paymentLink ? { nextAction: { type: "redirect", url: order.paymentLink } } : {}),
    money: "as_ordered",
  }
}

async function sendRefund(client: MocasaClient, operation: Operation): Promise<OperationResult> {
  try {
    const refund = await client.refundOrder(
      operation.order.reference,
      operation.reason ?? defaultReason
    )
    return {
      outcome: refund.outcome,
      gatewayId: refund.refundRef,
      code: refund.refundStatus ?? undefined,
    }
  } catch (error) {
    if (error instanceof GatewayUnknownError) {
      const gatewayError = { code: error.code, message: error.gatewayMessage }
      if (saysAlreadyRefunded(gatewayError)) {
        return { outcome: "done", ...gatewayError }
      }
    }
    throw error
  }
}

/**
 * No call tells what became of a refund. An order that Mocasa still knows as paid may be refunded again,
 * because a second full refund of one order is refused with words that say so.
 */
async function askRefund(client: MocasaClient, operation: Operation): Promise<OperationStatus> {
  const order = await client.queryOrder(operation.order.reference)
  if (order.state === "paid") {
    return { outcome: "may_repeat" }
  }
  return { outcome: "unknown", code: order.txStatus ?? undefined, message: order.txMessage }
}
