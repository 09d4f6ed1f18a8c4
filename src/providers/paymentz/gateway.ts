import { PaymentzClient } from "../../gateways/paymentz/client"
import { paymentzGateway } from "../../gateways/paymentz/messages"
import { answerWords } from "../../gateways/paymentz/errors"
import { readWebhook } from "../../gateways/paymentz/webhook"
import { createGatewayHttp } from "../../gateways/shared/http"
import type {
  GatewayDefinition,
  GatewayTools,
  GatewayCapabilities,
  PaymentGateway,
} from "../base/gateway"
import { timeoutsWithin } from "../base/options"
import { chargeCalls } from "./charge"
import { chargebackCalls } from "./chargebacks"
import { createOrder } from "./create-order"
import { moveCalls } from "./moves"
import { paymentzSetUp } from "./account-options"
import { paymentzOptions, type PaymentzOptions } from "./options"
import { queryOrder, queryPayment } from "./order-report"
import { parseReturn } from "./parse-return"
import { savedMethodCalls } from "./saved-methods"
import { webhookTrust } from "./webhook-trust"

export const paymentz: GatewayDefinition<PaymentzOptions> = {
  identifier: "paymentz",
  title: paymentzGateway,
  options: paymentzOptions,
  ownAddresses: { returnUrl: "return", notificationUrl: "payment webhook" },
  build: buildPaymentzGateway,
}

export function buildPaymentzGateway(
  options: PaymentzOptions,
  tools: GatewayTools
): PaymentGateway {
  const http = createGatewayHttp({
    gateway: paymentzGateway,
    baseUrl: options.baseUrl,
    timeouts: timeoutsWithin(options.timeoutMs),
    onCall: tools.onCall,
    errorWords: answerWords,
  })
  const client = new PaymentzClient(http, options)
  const trust = webhookTrust(options)
  const moveTools = { client, options, now: tools.now }
  return {
    title: paymentzGateway,
    setUp: paymentzSetUp,
    capabilities: capabilitiesFor(options),
    places: options.currencies,
    createOrder: (order) => createOrder(client, order, options, tools.now()),
    queryOrder: (order) => queryOrder(client, order, options, tools.now()),
    queryPayment: (order, paymentId) =>
      queryPayment(client, order, { paymentId, options, now: tools.now() }),
    refund: moveCalls(moveTools, "refund"),
    ...(options.capture === "manual"
      ? { capture: moveCalls(moveTools, "capture"), reverse: moveCalls(moveTools, "reverse") }
      : {}),
    charge: chargeCalls(client, options),
    savedMethods: savedMethodCalls(client),
    chargebacks: chargebackCalls(client),
    parseWebhook: (message) => readWebhook(message, trust),
    parseReturn,
  }
}

/**
 * Assumption: an issuer holds a reservation for a week at least; the vendor says that it expires and not when.
 * Two days are left then.
 */
const remindsOfReservationsAfterDays = 5

/**
 * Assumption: a refund that is marked (`markedforreversal`) is made or has failed within ten days; the vendor names the
 * words and no time.
 */
const refundsSettleWithinDays = 10

function capabilitiesFor({
  capture,
  integration,
}: Pick<PaymentzOptions, "capture" | "integration">): GatewayCapabilities {
  return {
    captures: capture === "manual" ? "once" : "at_once",
    refunds: "once",
    refundsSettleWithinDays,
    reverses: capture === "manual",
    webhooks: "signed",
    receivesInParts: false,
    /** A form can be posted, and the link of an invoice opened, again and again: none of their fields ends them. */
    payable: "without_end",
    ...(capture === "manual" ? { remindsOfReservationsAfterDays } : {}),
    payer: payerFor[integration],
  }
}

/** The hosted page asks the shopper itself; a bank or a wallet may want to know, and refuses in its own words. */
const payerFor: Readonly<Record<PaymentzOptions["integration"], GatewayCapabilities["payer"]>> = {
  hosted: {},
  rest: {
    name: { required: false, maxLength: 100 },
    email: { required: false, maxLength: 100 },
    phone: { required: false, maxLength: 20 },
    country: { required: false, maxLength: 2 },
  },
}
