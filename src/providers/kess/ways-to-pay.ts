import {
  authCodeAdvice,
  isAuthCode,
  pinTimeoutMs,
  type KessClient,
} from "../../gateways/kess/client"
import { partsOf, kessPlaces } from "../../gateways/kess/price"
import { kessGateway } from "../../gateways/kess/errors"
import { decimal } from "../../gateways/shared/money"
import { GatewayDeclinedError, GatewayUnknownError } from "../../gateways/shared/errors"
import type {
  Charge,
  ChargeReport,
  OpenedOrder,
  OrderToOpen,
  PaymentGateway,
} from "../base/gateway"
import type { KessOptions } from "./options"

type WayToPay = Pick<PaymentGateway, "createOrder" | "charge">
type PriceOptions = Pick<KessOptions, "currency" | "feeRate">

/** How the shopper pays is one setting: each way has a payment provider of its own in the shop. */
export function waysToPay(client: KessClient, options: KessOptions): WayToPay {
  switch (options.mode) {
    case "native":
      return { createOrder: (order) => openQr(client, options, order) }
    case "quick":
      return payByCode(client, "quickPay")
    case "jsapi":
      return payByCode(client, "jsapiPay")
  }
}

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
  const price = { amount: decimal(order.amount), feeRate, places: kessPlaces[currency] }
  if (qr.amount !== undefined && !partsOf(qr.amount, price)) {
    // Whoever paid it would have paid something else than the order.
    const detail = "the QR is for another amount"
    throw new GatewayUnknownError({ ...name, reason: "mismatch", detail })
  }
  return { nextAction: { type: "qr_code", value: qr.qrCode } }
}

type CodePay = "quickPay" | "jsapiPay"

/** "Advised calling frequency is 3s once" (KESS, "Quick pay"). */
const askEveryMs = 3_000
/** The call itself has waited for the PIN by then: what is left to learn is an answer that was lost. */
const patienceMs = 15_000

function payByCode(client: KessClient, operation: CodePay): WayToPay {
  return {
    createOrder: (order) => openForCode(operation, order),
    charge: {
      send: (charge) => sendCharge(client, operation, charge),
      sendMs: pinTimeoutMs,
      pollEveryMs: askEveryMs,
      patienceMs,
    },
  }
}

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
