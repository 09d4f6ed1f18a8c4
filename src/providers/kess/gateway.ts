import { authCodeAdvice, isAuthCode, KessClient, pinTimeoutMs } from "../../gateways/kess/client"
import { kessGateway, readGatewayError } from "../../gateways/kess/errors"
import type { KessPaymentCheck, KessRefundCheck } from "../../gateways/kess/messages"
import { kessDecimals, type KessPrice, partsOf } from "../../gateways/kess/price"
import { paymentState, refundState } from "../../gateways/kess/statuses"
import { GatewayDeclinedError, GatewayUnknownError } from "../../gateways/shared/errors"
import { createGatewayHttp } from "../../gateways/shared/http"
import { decimal } from "../../gateways/shared/money"
import type {
  Charge,
  ChargeReport,
  GatewayCapabilities,
  GatewayDefinition,
  GatewayTools,
  KnownOrder,
  Operation,
  OperationStatus,
  OperationCalls,
  OperationResult,
  OpenedOrder,
  OrderReport,
  OrderToOpen,
  PaymentGateway,
  ReviewReport,
} from "../base/gateway"
import { callSettings } from "../base/options"
import { kessOptions, type KessOptions, kessSetUp } from "./options"

export const kess: GatewayDefinition<KessOptions> = {
  identifier: "kess",
  title: kessGateway,
  options: kessOptions,
  build: buildKessGateway,
}

const capabilities: GatewayCapabilities = {
  capture: "automatic",
  refund: "multiple_partial",
  /**
   * Assumption: WeChat Pay and Alipay take some days to give money back to a bank card, and refuse it then where the
   * card is closed; KESS's page names no time. Two weeks are longer than either takes.
   */
  refundsSettleWithinDays: 14,
  voids: false,
  links: false,
  webhooks: "none",
  receivesInParts: false,
  /**
   * Assumption: a QR can be paid for two hours, as WeChat Pay and Alipay give theirs; KESS's page names no time. A
   * shopper's code, which pays at once, is over long before.
   */
  payable: { hours: 2 },
  payer: {},
}

export function buildKessGateway(options: KessOptions, tools: GatewayTools): PaymentGateway {
  const http = createGatewayHttp({
    gateway: kessGateway,
    baseUrl: options.baseUrl,
    ...callSettings(options),
    onCall: tools.onCall,
    readGatewayError,
  })
  const client = new KessClient(http, options, undefined, tools.tokens)
  const { currency, feeRate } = options
  const decimals = kessDecimals[currency]
  return {
    title: kessGateway,
    setUp: kessSetUp,
    capabilities,
    decimals: { [currency]: decimals },
    ...waysToPay(client, options),
    async queryOrder(order) {
      return orderReport(await client.checkPayment(order.reference), order, { feeRate, decimals })
    },
    refund: refundCalls(client),
    parseWebhook: () => ({ type: "unreadable", reason: "KESS documents no webhooks" }),
  }
}

/** How the shopper pays is one setting: each way has a payment provider of its own in the shop. */
function waysToPay(client: KessClient, options: KessOptions): WayToPay {
  switch (options.mode) {
    case "native":
      return { createOrder: (order) => openQr(client, options, order) }
    case "quick":
      return payByCode(client, "quickPay")
    case "jsapi":
      return payByCode(client, "jsapiPay")
  }
}

type WayToPay = Pick<PaymentGateway, "createOrder" | "charge">

type PriceOptions = Pick<KessOptions, "currency" | "feeRate">

/**
 * Assumption: asked for twice under one `out_trade_no`, KESS makes two QRs of the same payment at most, as
 * the wallets do. So a QR whose answer was lost is asked for again under the same number.
 */
async function openQr(
  client: KessClient,
  { currency, feeRate }: PriceOptions,
  order: OrderToOpen
): Promise<OpenedOrder> {
  const name = { gateway: kessGateway, operation: "nativePay" }
  const qr = await client.nativePay({ outTradeNo: order.reference, amount: order.amount })
  if (qr.result !== "done" || qr.qrCode === undefined) {
    throw new GatewayDeclinedError({ ...name, code: qr.resultCode })
  }
  const price = { amount: decimal(order.amount), feeRate, decimals: kessDecimals[currency] }
  if (qr.amount !== undefined && !partsOf(qr.amount, price)) {
    // Whoever paid it would have paid something else than the order.
    const detail = "the QR is for another amount"
    throw new GatewayUnknownError({ ...name, reason: "mismatch", detail })
  }
  return { nextAction: { type: "qr_code", value: qr.qrCode } }
}

function payByCode(client: KessClient, operation: CodePay): WayToPay {
  return {
    createOrder: (order) => openForCode(operation, order),
    charge: {
      send: (charge) => sendCharge(client, operation, charge),
      takesShopperCode: true,
      sendMs: pinTimeoutMs,
      pollEveryMs: askEveryMs,
      patienceMs,
    },
  }
}

type CodePay = "quickPay" | "jsapiPay"

/** "Advised calling frequency is 3s once" (KESS, "Quick pay"). */
const askEveryMs = 3_000

/** The call itself has waited for the PIN by then: what is left to learn is an answer that was lost. */
const patienceMs = 15_000

/** Sends nothing: the code pays as soon as KESS has it, and choosing a way to pay charges nobody. */
async function openForCode(operation: CodePay, { authCode }: OrderToOpen): Promise<OpenedOrder> {
  if (authCode === undefined) {
    return { nextAction: { type: "shopper_code" } }
  }
  if (!isAuthCode(authCode)) {
    throw new GatewayDeclinedError({
      gateway: kessGateway,
      operation,
      gatewayMessage: authCodeAdvice,
    })
  }
  return { nextAction: { type: "none" }, chargeWith: { auth_code: authCode } }
}

async function sendCharge(
  client: KessClient,
  operation: CodePay,
  { order, with: { auth_code } }: Charge
): Promise<ChargeReport> {
  if (auth_code === undefined) {
    return { outcome: "declined", message: "there is no code of the shopper's to charge with" }
  }
  const payment = { outTradeNo: order.reference, amount: order.amount }
  const { result, resultCode, transactionId } = await client.codePay(operation, payment, auth_code)
  return { outcome: result, code: resultCode, gatewayId: transactionId }
}

/** What check payment status says of an order. Not paid is pending, whatever the message. */
function orderReport(
  check: KessPaymentCheck,
  order: Pick<KnownOrder, "reference" | "amount" | "currency">,
  pricing: Omit<KessPrice, "amount">
): OrderReport {
  const gatewayDetails = {
    rawStatus: String(check.is_success),
    message: check.message ?? undefined,
  }
  const state = paymentState(check.is_success)
  if (!check.is_success) {
    return { ...gatewayDetails, state, money: [] }
  }
  const { currency } = check
  const parts =
    currency === order.currency
      ? partsOf(check.amount, { amount: decimal(order.amount), ...pricing })
      : undefined
  return {
    ...gatewayDetails,
    state,
    // The check names no number of the payment; an order is paid once, so that ours is as good.
    money: [{ gatewayId: order.reference, amount: parts?.amount ?? check.amount, currency }],
    ...(parts?.fee === undefined ? {} : { surplus: parts.fee }),
  }
}

function refundCalls(client: KessClient): OperationCalls {
  return {
    send: (operation) => sendRefund(client, operation),
    ask: (operation) => askRefund(client, operation),
    review: (operation) => reviewRefund(client, operation),
  }
}

async function sendRefund(
  client: KessClient,
  { reference, amount, order, reason }: Operation
): Promise<OperationResult> {
  const { result, resultCode, transactionId } = await client.refund({
    outTradeNo: order.reference,
    outRefundNo: reference,
    amount,
    currency: order.currency,
    reason: reason ?? defaultReason,
  })
  return { outcome: result, code: resultCode, gatewayId: transactionId }
}

const defaultReason = "Refunded by the shop"

/** See refundState for why a refund that KESS does not know may be sent again under its number. */
async function askRefund(
  client: KessClient,
  { reference, amount, order }: Operation
): Promise<OperationStatus> {
  const check = await knownRefund(client, order.reference)
  if (!check) {
    return { outcome: "may_repeat" }
  }
  const input = { outRefundNo: reference, amount, currency: order.currency }
  const state = refundState(check, input)
  return state === "not_known"
    ? { outcome: "may_repeat" }
    : { outcome: state, message: check.message ?? undefined }
}

/**
 * Assumption: KESS answers a refund by SUCCESS only where it made it (see statuses.ts), so that a check which names
 * it and says no tells that it failed since. A check that names another refund, or none, says nothing about this one.
 */
async function reviewRefund(
  client: KessClient,
  { reference, order }: Operation
): Promise<ReviewReport> {
  const check = await knownRefund(client, order.reference)
  if (check?.out_refund_no !== reference) {
    return { outcome: "unknown" }
  }
  return check.is_success
    ? { outcome: "stands" }
    : { outcome: "failed", message: check.message ?? undefined }
}

/** Undefined where KESS refuses the question, which is how it may say that there is no refund. */
async function knownRefund(
  client: KessClient,
  outTradeNo: string
): Promise<KessRefundCheck | undefined> {
  try {
    return await client.checkRefund(outTradeNo)
  } catch (error) {
    if (error instanceof GatewayDeclinedError && error.isNotFound) {
      return undefined
    }
    throw error
  }
}
