import { MocopayClient } from "../../gateways/mocopay/client"
import { findSession, isOurs } from "../../gateways/mocopay/find-session"
import { readNotification, sessionNumber } from "../../gateways/mocopay/webhook"
import { paymentOf, type MocopayPayment } from "../../gateways/mocopay/statuses"
import { noProduct, decimalsOf, productAt } from "../../gateways/mocopay/products"
import { mocopayGateway, readGatewayError } from "../../gateways/mocopay/errors"
import type { MocopaySession } from "../../gateways/mocopay/messages"
import { compare, decimal, isPositive, tryDecimal } from "../../gateways/shared/money"
import { createGatewayHttp } from "../../gateways/shared/http"
import type {
  GatewayDefinition,
  GatewayTools,
  GatewayCapabilities,
  KnownOrder,
  OpenedOrder,
  OrderReport,
  OrderToOpen,
  PaymentGateway,
  ProvenPayment,
  ReturnFields,
  ReturnReport,
} from "../base/gateway"
import { languageOf } from "../base/storefront-input"
import { callSettings } from "../base/options"
import type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
import { mocopayOptions, type MocopayOptions, mocopaySetUp } from "./options"

const capabilities: GatewayCapabilities = {
  capture: "automatic",
  refund: "none",
  voids: false,
  links: true,
  webhooks: "unsigned",
  receivesInParts: false,
  /** MoCoPay, "initPayment": no field ends the link, and nothing says that it ends. */
  payable: "without_end",
  payer: {}, // everything about the payer is optional, and would stand in the address of a GET
}

const refundAdvice =
  "MoCoPay's API has no call for it: what the operator billed stays billed. Pay the shopper back another " +
  "way, such as a bank transfer, or ask MoCoPay to do it, and note it on the order"

const seriesCharged = "mocopay.series_charged"

export const mocopay: GatewayDefinition<MocopayOptions> = {
  identifier: "mocopay",
  title: mocopayGateway,
  options: mocopayOptions,
  ownAddresses: { callbackUrl: "return", notifyUrl: "payment webhook" },
  build: buildMocopayGateway,
}

export function buildMocopayGateway(options: MocopayOptions, tools: GatewayTools): PaymentGateway {
  const http = createGatewayHttp({
    gateway: mocopayGateway,
    baseUrl: options.baseUrl,
    ...callSettings(options),
    onCall: tools.onCall,
    readGatewayError,
  })
  const client = new MocopayClient(http, options)
  return {
    title: mocopayGateway,
    setUp: mocopaySetUp,
    capabilities,
    decimals: decimalsOf(options.products),
    createOrder: (order) => createOrder(client, order, options),
    queryOrder: (order) => queryOrder(client, order, options),
    amountProblem: (price) => amountProblem(price, options),
    checkAccess: ({ reference }) => client.checkAccess(reference),
    queryPayment: (order, sessionId) => queryPayment(client, order, sessionId, options),
    parseWebhook,
    parseReturn,
    refundAdvice,
  }
}

async function createOrder(
  client: MocopayClient,
  order: OrderToOpen,
  { products, callbackUrl, notifyUrl }: MocopayOptions
): Promise<OpenedOrder> {
  const price = { amount: decimal(order.amount), currency: order.currency }
  const product = productAt(products, price)
  if (!product) {
    throw noProduct(products, price)
  }
  const { redirectUrl } = await client.initPayment({
    pid: product.pid,
    userId: order.reference,
    referenceId: order.reference,
    // The store's own return route first: it learns the number of the session and sends the shopper on.
    callbackUrl: callbackUrl ?? order.returnUrl,
    notifyUrl,
    lang: languageOf(order.language),
  })
  return { nextAction: { type: "redirect", url: redirectUrl }, gatewayData: { pid: product.pid } }
}

function amountProblem(
  { amount, currency }: { amount: string; currency: string },
  { products }: Pick<MocopayOptions, "products">
): string | undefined {
  const price = { amount: decimal(amount), currency }
  return productAt(products, price) ? undefined : noProduct(products, price).gatewayMessage
}

async function queryOrder(
  client: MocopayClient,
  order: KnownOrder,
  { products }: Pick<MocopayOptions, "products">
): Promise<OrderReport> {
  const price = { amount: decimal(order.amount), currency: order.currency }
  const pid = order.gatewayData.pid ?? productAt(products, price)?.pid
  const session = await findSession(client, {
    reference: order.reference,
    pid,
    knownSessionId: order.gatewayId,
    sessionIds: order.candidateIds,
  })
  if (!session) {
    return { state: "pending", rawStatus: null, money: [] }
  }
  const type = products.find((product) => product.pid === pid)?.type ?? "onetime"
  return orderReport(session, paymentOf(session, { ...price, type }))
}

/**
 * What a session took that is not the order's own. One that was billed in part is none yet: a notification comes with
 * each further part.
 *
 * Assumption: of two sessions of one user id each tells what it charged itself.
 *
 * @throws GatewayError
 */
async function queryPayment(
  client: MocopayClient,
  { reference, gatewayData, amount, currency }: KnownOrder,
  sessionId: string,
  { products }: Pick<MocopayOptions, "products">
): Promise<ProvenPayment | undefined> {
  const pid = gatewayData.pid ?? productAt(products, { amount: decimal(amount), currency })?.pid
  const session = await client.verifyPayment({ sessionId }, { isGuess: true })
  const charged = session?.totalChargedAmount
  const isWhole = charged && compare(charged, decimal(amount)) >= 0
  return isWhole && session.currencyCode && isOurs(session, { reference, pid })
    ? {
        gatewayId: session.sessionId,
        amount: charged,
        currency: session.currencyCode.toLowerCase(),
      }
    : undefined
}

function orderReport(session: MocopaySession, payment: MocopayPayment): OrderReport {
  const gatewayDetails = { rawStatus: session.status ?? null, gatewayId: session.sessionId }
  if (payment.state !== "paid") {
    return { ...gatewayDetails, state: payment.state, money: [] }
  }
  const { amount, currency, laterSeries } = payment
  return {
    ...gatewayDetails,
    state: "paid",
    money: [{ gatewayId: session.sessionId, amount, currency }],
    ...(laterSeries
      ? {
          series: {
            event: seriesCharged,
            gatewayId: session.sessionId,
            number: laterSeries.number,
            total: laterSeries.total,
            currency,
          },
        }
      : {}),
  }
}

/** Nothing is signed: it says whose order to ask about, and never that it was this event. */
function parseWebhook({ rawBody }: WebhookMessage): WebhookReport {
  const notification = readNotification(rawBody)
  if (!notification) {
    return {
      type: "unreadable",
      reason:
        "it names no referenceId, userId, sessionId or transactionId, in a query, a form or JSON",
    }
  }
  const { reference, sessionId, status, series, chargedAmount } = notification
  if (reference === undefined) {
    return { type: "foreign", reason: "it names neither referenceId nor userId" }
  }
  return {
    type: "event",
    reference,
    rawStatus: status ?? "",
    ...(series > 1 ? { isLater: true } : {}),
    ...(sessionId ? { gatewayId: sessionId } : {}),
    ...(claimsMoney(chargedAmount) ? { claimedAmount: chargedAmount } : {}),
  }
}

/** A session that was not charged yet claims 0, which is no other amount than was ordered. */
function claimsMoney(chargedAmount: string | undefined): boolean {
  const amount = tryDecimal(chargedAmount)
  return amount !== undefined && isPositive(amount)
}

/** MoCoPay, "callbackUrl redirection". */
function parseReturn({ referenceId, sessionId, sid }: ReturnFields): ReturnReport {
  const gatewayId = sessionNumber(sessionId || sid)
  return {
    ...(referenceId ? { reference: referenceId } : {}),
    ...(gatewayId ? { gatewayId } : {}),
  }
}
