import {
  CashyClient,
  type CashyNewOrder,
  type CashyOrder,
  limitProblem,
  nonce,
} from "../../gateways/cashy/client"
import { cashyGateway, readGatewayError } from "../../gateways/cashy/errors"
import { type CashyPayments, findPayments } from "../../gateways/cashy/find-payments"
import type { CashyWayToPay } from "../../gateways/cashy/messages"
import { readWebhook } from "../../gateways/cashy/webhook"
import { GatewayNotSentError } from "../../gateways/shared/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import { decimal } from "../../gateways/shared/money"
import type {
  GatewayCapabilities,
  GatewayDefinition,
  GatewayTools,
  KnownOrder,
  NextAction,
  OpenedOrder,
  OrderReport,
  OrderToOpen,
  Payer,
  PaymentGateway,
} from "../base/gateway"
import { callSettings } from "../base/options"
import {
  cashyOptions,
  type CashyOptions,
  cashySetUp,
  longestExpiryDays,
  decimalsOf,
  webhookTrust,
} from "./options"

export const cashy: GatewayDefinition<CashyOptions> = {
  identifier: "cashy",
  title: cashyGateway,
  options: cashyOptions,
  ownAddresses: { notifyUrl: "payment webhook" },
  build: buildCashyGateway,
}

/** Cashy, "Create Payin Order": each is a string(32). */
const text = { required: true, maxLength: 32 } as const

const capabilities: GatewayCapabilities = {
  capture: "automatic",
  refund: "none",
  voids: false,
  /** It has links, and needs of the payer what an order does not tell, such as their identity number. */
  links: false,
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

export function buildCashyGateway(
  options: CashyOptions,
  { now, onCall }: GatewayTools
): PaymentGateway {
  const http = createGatewayHttp({
    gateway: cashyGateway,
    baseUrl: options.baseUrl,
    ...callSettings(options),
    onCall,
    readGatewayError,
  })
  const client = new CashyClient(http, options, nonce)
  const trust = webhookTrust(options)
  return {
    title: cashyGateway,
    setUp: cashySetUp,
    capabilities,
    decimals: decimalsOf(options),
    createOrder: (order) => createOrder(client, order, options, now()),
    async queryOrder(order) {
      const payments = await findPayments(client, {
        reference: order.reference,
        orderNo: order.gatewayId,
        candidateIds: order.candidateIds,
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

/** @param expiresAt when it can no longer be paid */
function nextActionOf(wayToPay: CashyWayToPay, expiresAt: Date): NextAction {
  switch (wayToPay.type) {
    case "page":
      return { type: "redirect", url: wayToPay.url }
    case "code":
      return { type: "pay_code", code: wayToPay.code, expires_at: expiresAt.toISOString() }
  }
}

/**
 * What Cashy says of an order, and all money that came for it. The state is that of the order itself: what
 * the shopper paid besides counts by its sum.
 *
 * @param now the moment before which the order was opened, which tells its latest end where the answer to
 * its opening was lost
 */
function orderReport(
  order: Pick<KnownOrder, "currency" | "expiresAt">,
  { original, paid }: CashyPayments,
  { now, expiresIn }: { now: Date; expiresIn: number }
): OrderReport {
  const expiresAt = order.expiresAt ?? expiryFrom(now, expiresIn)
  const isOver = paid.length === 0 && hasLapsed(original, order.expiresAt, now)
  return {
    state: isOver ? "expired" : original.state,
    rawStatus: original.orderStatus,
    gatewayId: original.orderNo,
    expiresAt,
    ...(original.wayToPay && !isOver
      ? { nextAction: nextActionOf(original.wayToPay, expiresAt) }
      : {}),
    money: paid.flatMap(({ orderNo, paid: amount }) =>
      amount === undefined ? [] : [{ gatewayId: orderNo, amount, currency: order.currency }]
    ),
  }
}

/** @param seconds as in the option `expiresIn` */
function expiryFrom(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000)
}

/**
 * Assumption: Cashy names no word for an order whose time is over; where it still says PAYING some time
 * after that, nobody pays it any more. Should the money come all the same, it counts when it is asked for.
 */
function hasLapsed({ orderStatus }: CashyOrder, expiresAt: Date | undefined, now: Date): boolean {
  return (
    orderStatus === "PAYING" &&
    expiresAt !== undefined &&
    now.getTime() - expiresAt.getTime() >= graceMs
  )
}

/** Cashy takes some time to tell of what was paid in the last moment, in milliseconds. */
const graceMs = 10 * 60_000
