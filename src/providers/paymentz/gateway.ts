import { PaymentzClient } from "../../gateways/paymentz/client"
import { readGatewayError } from "../../gateways/paymentz/errors"
import { paymentzGateway } from "../../gateways/paymentz/messages"
import {
  deleteSavedCard,
  listSavedCards,
  type PaymentzSavedCard,
} from "../../gateways/paymentz/saved-cards"
import { isChargebackStatus } from "../../gateways/paymentz/statuses"
import {
  paymentIdOf,
  type TransactionLine,
  transactionPage,
} from "../../gateways/paymentz/transaction-list"
import { readNotice, readWebhook } from "../../gateways/paymentz/webhook"
import { GatewayError } from "../../gateways/shared/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import { isZero, tryDecimal } from "../../gateways/shared/money"
import type {
  ChargebackCalls,
  GatewayCapabilities,
  GatewayDefinition,
  GatewayTools,
  ListedPayment,
  PaymentGateway,
  ReturnFields,
  ReturnReport,
  SavedMethod,
  SavedMethodCalls,
} from "../base/gateway"
import { callSettings } from "../base/options"
import { chargeCalls, createOrder } from "./create-order"
import { operationCalls } from "./operations"
import { paymentzOptions, type PaymentzOptions, paymentzSetUp, webhookTrust } from "./options"
import { queryOrder, queryPayment } from "./order-report"

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
    ...callSettings(options),
    onCall: tools.onCall,
    readGatewayError,
  })
  const client = new PaymentzClient(http, options, undefined, tools.tokens)
  const trust = webhookTrust(options)
  const operationTools = { client, options, now: tools.now }
  return {
    title: paymentzGateway,
    setUp: paymentzSetUp,
    capabilities: capabilitiesFor(options),
    decimals: options.currencies,
    createOrder: (order) => createOrder(client, order, options, tools.now()),
    queryOrder: (order) => queryOrder(client, order, options, tools.now()),
    queryPayment: (order, paymentId) =>
      queryPayment(client, order, { paymentId, options, now: tools.now() }),
    refund: operationCalls(operationTools, "refund"),
    ...(options.capture === "manual"
      ? {
          capture: operationCalls(operationTools, "capture"),
          void: operationCalls(operationTools, "void"),
        }
      : {}),
    charge: chargeCalls(client, options),
    savedMethods: savedMethodCalls(client),
    chargebacks: chargebackCalls(client),
    parseWebhook: (message) => readWebhook(message, trust),
    parseReturn,
  }
}

function capabilitiesFor({
  capture,
  integration,
}: Pick<PaymentzOptions, "capture" | "integration">): GatewayCapabilities {
  return {
    capture: capture === "manual" ? "single_partial" : "automatic",
    refund: "single_partial",
    refundsSettleWithinDays,
    voids: capture === "manual",
    links: true,
    webhooks: "signed",
    receivesInParts: false,
    /** A form can be posted, and the link of an invoice opened, again and again: none of their fields ends them. */
    payable: "without_end",
    ...(capture === "manual" ? { remindsOfReservationsAfterDays } : {}),
    payer: payerFor[integration],
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

function savedMethodCalls(client: PaymentzClient): SavedMethodCalls {
  return {
    list: async (customerId) => (await listSavedCards(client, customerId)).map(savedMethod),
    remove: (customerId, id) => remove(client, customerId, id),
  }
}

/** Removing twice does no harm, and a card that is no longer listed is gone whatever the answer was. */
async function remove(client: PaymentzClient, customerId: string, id: string): Promise<void> {
  try {
    await deleteSavedCard(client, id)
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const left = await listSavedCards(client, customerId)
    if (left.some((card) => card.registrationId === id)) {
      throw error
    }
  }
}

function savedMethod(card: PaymentzSavedCard): SavedMethod {
  const { brand, lastFourDigits, expiryMonth, expiryYear } = card
  return {
    id: card.registrationId,
    data: {
      ...(brand ? { brand } : {}),
      ...(lastFourDigits ? { last_four_digits: lastFourDigits } : {}),
      ...(expiryMonth && expiryYear ? { expires: `${expiryYear}-${expiryMonth}` } : {}),
    },
  }
}

function chargebackCalls(client: PaymentzClient): ChargebackCalls {
  return {
    days,
    list: async ({ from, to }, page) => {
      const listed = { from: new Date(from), to: new Date(to) }
      const { lines, isLast } = await transactionPage(client, listed, page)
      return { payments: lines.flatMap((line) => listedPayment(line) ?? []), isLast }
    },
  }
}

/** Assumption: card networks let a cardholder dispute a payment for four months; the vendor names no time. */
const days = 120

/** Nothing of a line that does not say which payment it is about. */
function listedPayment(line: TransactionLine): ListedPayment | undefined {
  const gatewayId = paymentIdOf(line)
  const reference = line.merchantTransactionId
  return gatewayId !== undefined && reference !== undefined
    ? { reference, gatewayId, isChargedBack: isChargedBack(line) }
    : undefined
}

/** By its amount or by its word, whichever the brand brings up to date first. */
function isChargedBack({ chargebackamount, transactionStatus }: TransactionLine): boolean {
  return (
    isChargebackStatus(transactionStatus) ||
    (chargebackamount !== undefined && !isNothing(chargebackamount))
  )
}

/** What is no amount may be one in a form that nobody has told of. */
function isNothing(text: string): boolean {
  const amount = tryDecimal(text)
  return amount !== undefined && isZero(amount)
}

/** The browser's form, under the names of today or of older pages (Paymentz, "Standard Checkout"). */
export function parseReturn(fields: ReturnFields): ReturnReport {
  const { reference, paymentId } = readNotice(fields) ?? {}
  return {
    ...(reference ? { reference } : {}),
    ...(paymentId ? { gatewayId: paymentId } : {}),
  }
}
