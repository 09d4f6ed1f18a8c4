import { limitProblem, CashyClient, type CashyNewOrder, nonce } from "../../gateways/cashy/client"
import { findPayments } from "../../gateways/cashy/find-payments"
import { cashyGateway, refusalWords } from "../../gateways/cashy/errors"
import { readWebhook } from "../../gateways/cashy/webhook"
import { decimal } from "../../gateways/shared/money"
import { GatewayNotSentError } from "../../gateways/shared/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import type {
  GatewayDefinition,
  GatewayTools,
  GatewayCapabilities,
  OpenedOrder,
  OrderToOpen,
  Payer,
  PaymentGateway,
} from "../base/gateway"
import { timeoutsWithin } from "../base/options"
import { cashySetUp } from "./account-options"
import { cashyOptions, longestExpiryDays, type CashyOptions } from "./options"
import { expiryFrom, nextActionOf, orderReport } from "./order-report"
import { placesOf } from "./places"
import { webhookTrust } from "./webhook-trust"

/** Cashy, "Create Payin Order": each is a string(32). */
const text = { required: true, maxLength: 32 } as const

const capabilities: GatewayCapabilities = {
  captures: "at_once",
  refunds: "none",
  reverses: false,
  webhooks: "signed",
  receivesInParts: true,
  /** The longest that the option `expiresIn` takes; each order has its own end. */
  payable: { hours: longestExpiryDays * 24 },
  payer: {
    name: text,
    phone: text,
    email: text,
    id_number: text,
    id_type: { ...text, required: false },
  },
}

const refundAdvice =
  "Cashy's API has no call for it. Send the shopper the money as a payout through Cashy, or " +
  "give it back by hand, and note it on the order"

export const cashy: GatewayDefinition<CashyOptions> = {
  identifier: "cashy",
  title: cashyGateway,
  options: cashyOptions,
  ownAddresses: { notifyUrl: "payment webhook" },
  build: buildCashyGateway,
}

export function buildCashyGateway(
  options: CashyOptions,
  { now, onCall }: GatewayTools
): PaymentGateway {
  const http = createGatewayHttp({
    gateway: cashyGateway,
    baseUrl: options.baseUrl,
    timeouts: timeoutsWithin(options.timeoutMs),
    onCall,
    errorWords: refusalWords,
  })
  const client = new CashyClient(http, options, nonce)
  const trust = webhookTrust(options)
  return {
    title: cashyGateway,
    setUp: cashySetUp,
    capabilities,
    places: placesOf(options),
    createOrder: (order) => createOrder(client, order, options, now()),
    async queryOrder(order) {
      const payments = await findPayments(client, {
        reference: order.reference,
        orderNo: order.gatewayId,
        candidates: order.hints,
      })
      return orderReport(order, payments, { now: now(), expiresIn: options.expiresIn })
    },
    parseWebhook: (message) => readWebhook(message, trust),
    refundAdvice,
  }
}

async function createOrder(
  client: CashyClient,
  order: OrderToOpen,
  options: CashyOptions,
  now: Date
): Promise<OpenedOrder> {
  const amount = decimal(order.amount)
  const problem = limitProblem(options, amount, order.currency)
  if (problem) {
    throw problem
  }
  const { orderNo, wayToPay } = await client.payIn({
    mchOrderNo: order.reference,
    amount,
    currency: order.currency.toUpperCase(),
    payType: options.payType,
    expireTime: options.expiresIn,
    notifyUrl: options.notifyUrl,
    remark: order.reference,
    ...payerOf(order.payer),
  })
  const expiresAt = expiryFrom(now, options.expiresIn)
  return { gatewayId: orderNo, nextAction: nextActionOf(wayToPay, expiresAt), expiresAt }
}

/** @throws GatewayNotSentError where a field is missing that `capabilities.payer` asks for */
function payerOf({
  name,
  phone,
  email,
  id_number,
  id_type,
}: Payer): Pick<CashyNewOrder, "realName" | "phone" | "email" | "idCard" | "idType"> {
  if (!name || !phone || !email || !id_number) {
    throw new GatewayNotSentError({
      gateway: cashyGateway,
      operation: "payIn",
      reason: "invalid_request",
      detail: "a field of the payer that Cashy requires is missing",
    })
  }
  return { realName: name, phone, email, idCard: id_number, idType: id_type }
}
