import type { PaymentzClient } from "../../gateways/paymentz/client"
import { findPayment } from "../../gateways/paymentz/find-payment"
import { inquire } from "../../gateways/paymentz/payments"
import type { PaymentzPaymentType } from "../../gateways/paymentz/messages"
import type { PaymentzPayment } from "../../gateways/paymentz/payments"
import { findTransaction, type ListedTransaction } from "../../gateways/paymentz/transaction-list"
import { transactionStage, type TransactionStage } from "../../gateways/paymentz/statuses"
import { compare, isPositive } from "../../gateways/shared/money"
import type { KnownOrder, OrderReport, ProvenPayment } from "../base/gateway"
import type { PaymentzOptions } from "./options"
import { settingsOf } from "./options"

/** @throws GatewayError when the gateway gave no answer that can be read */
export async function queryOrder(
  client: PaymentzClient,
  order: KnownOrder,
  options: Pick<PaymentzOptions, "capture" | "inquiryPath">,
  now: Date
): Promise<OrderReport> {
  const payment = await findPayment(client, {
    reference: order.reference,
    paymentIds: order.gatewayId ? [order.gatewayId, ...order.candidateIds] : order.candidateIds,
    provenId: order.gatewayId,
    paymentType: settingsOf(order, options).sentPaymentType,
    inquiryPath: options.inquiryPath,
  })
  if (!payment) {
    // A form that no browser posted, or an invoice that nobody opened, is not known to the gateway.
    return { state: "pending", rawStatus: null, money: [] }
  }
  return await reportOf(client, payment, { order, options, now })
}

/** @throws GatewayError when the gateway gave no answer that can be read */
export async function queryPayment(
  client: PaymentzClient,
  order: KnownOrder,
  {
    paymentId,
    options,
    now,
  }: { paymentId: string; options: Pick<PaymentzOptions, "capture" | "inquiryPath">; now: Date }
): Promise<ProvenPayment | undefined> {
  const payment = await inquire(client, { paymentId, isGuess: true }, options.inquiryPath)
  if (payment?.paymentId !== paymentId || payment.reference !== order.reference) {
    return undefined
  }
  const { state, money } = await reportOf(client, payment, { order, options, now })
  return state === "paid" && money !== "as_ordered" ? money[0] : undefined
}

async function reportOf(
  client: PaymentzClient,
  payment: PaymentzPayment,
  {
    order,
    options,
    now,
  }: { order: KnownOrder; options: Pick<PaymentzOptions, "capture">; now: Date }
): Promise<OrderReport> {
  const { paymentType, sentPaymentType, openedOn } = settingsOf(order, options)
  const stage = transactionStage(payment.rawStatus, sentPaymentType)
  if (stage !== "reversed" && stage !== "approved") {
    return plainReport(payment, paymentType, stage)
  }
  const { paymentId } = payment
  const line =
    paymentId !== undefined && openedOn !== undefined
      ? await findTransaction(client, { paymentId, reference: order.reference, openedOn, now })
      : undefined
  return stage === "approved"
    ? approvedReport(payment, paymentType, line)
    : report(payment, reversedState(payment, paymentType, line))
}

function plainReport(
  payment: PaymentzPayment,
  paymentType: PaymentzPaymentType,
  stage: PlainStage
): OrderReport {
  const isReservedOnly = paymentType === "DB" && stage === "reserved"
  return {
    ...report(payment, orderStates[paymentType][stage]),
    ...(isReservedOnly ? { alert: reservedOnly } : {}),
  }
}

type PlainStage = Exclude<TransactionStage, "reversed" | "approved">

type State = OrderReport["state"]

/** What each stage is for an order; the others have to be looked at more closely. */
export const orderStates: Readonly<
  Record<PaymentzPaymentType, Readonly<Record<PlainStage, State>>>
> = {
  DB: {
    open: "pending",
    moving: "pending",
    reserved: "pending", // a debit is captured by itself: until it is, nothing was taken
    captured: "paid",
    capture_failed: "failed",
    failed: "failed",
    canceled: "canceled",
    charged_back: "chargeback",
  },
  PA: {
    open: "pending",
    moving: "pending",
    reserved: "authorized",
    captured: "paid",
    capture_failed: "pending", // the reservation may still stand, and be captured again
    failed: "failed",
    canceled: "canceled",
    charged_back: "chargeback",
  },
}

const reservedOnly =
  "the amount is reserved and was not taken, although it was to be taken at once. Capture it in the gateway's back " +
  "office, or give it back there"

/**
 * An approval that was a reservation or a debit, as the browser's form had it: the list of transactions names what
 * was captured. Where it does not, nothing is proven.
 */
function approvedReport(
  payment: PaymentzPayment,
  paymentType: PaymentzPaymentType,
  line: ListedTransaction | undefined
): OrderReport {
  if (line?.captured === undefined) {
    const alert =
      "the gateway says that it was approved, and its list of transactions does not say whether the money was " +
      "taken. Look it up in the gateway's back office"
    return { ...report(payment, "pending"), alert }
  }
  return isPositive(line.captured)
    ? report({ ...payment, amount: line.captured }, "paid")
    : plainReport(payment, paymentType, "reserved")
}

/** A reservation that was released, a payment that was given back, or one of which a part was. */
function reversedState(
  { amount }: PaymentzPayment,
  paymentType: PaymentzPaymentType,
  line: ListedTransaction | undefined
): State {
  const captured = line?.captured && isPositive(line.captured) ? line.captured : undefined
  if (paymentType === "PA" && captured === undefined) {
    return "canceled"
  }
  const taken = captured ?? amount
  const { refunded } = line ?? {}
  const isPart =
    taken !== undefined &&
    refunded !== undefined &&
    isPositive(refunded) &&
    compare(refunded, taken) < 0
  return isPart ? "paid" : "refunded"
}

function report(payment: PaymentzPayment, state: State): OrderReport {
  const money = moneyOf(payment)
  const isUnproven = (state === "paid" || state === "authorized") && money.length === 0
  return {
    state: isUnproven ? "pending" : state,
    rawStatus: payment.rawStatus ?? null,
    message: isUnproven ? "the gateway names no amount or no currency" : payment.message,
    gatewayId: payment.paymentId,
    ...(payment.next ? { nextAction: payment.next } : {}),
    money,
  }
}

function moneyOf({ paymentId, amount, currency }: PaymentzPayment): readonly ProvenPayment[] {
  return paymentId !== undefined && amount !== undefined && currency !== undefined
    ? [{ gatewayId: paymentId, amount, currency }]
    : []
}
