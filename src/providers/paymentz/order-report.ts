import type { PaymentzClient } from "../../gateways/paymentz/client"
import { findPayment } from "../../gateways/paymentz/find-payment"
import type { PaymentzPaymentType } from "../../gateways/paymentz/operation"
import type { PaymentzPayment } from "../../gateways/paymentz/payment"
import { findTransaction, type ListedTransaction } from "../../gateways/paymentz/transaction-list"
import { transactionStage, type TransactionStage } from "../../gateways/paymentz/transaction-status"
import { compare, isPositive } from "../../gateways/shared/decimal"
import type { KnownOrder, OrderReport, ProvenPayment } from "../base/payment-gateway"
import type { PaymentzOptions } from "./options"
import { settingsOf } from "./order-settings"

type State = OrderReport["state"]

/** What each stage is for an order; what was reversed has to be looked at more closely. */
const states: Readonly<
  Record<PaymentzPaymentType, Readonly<Record<Exclude<TransactionStage, "reversed">, State>>>
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

/** @throws GatewayError when the gateway gave no answer that can be read */
export async function queryOrder(
  client: PaymentzClient,
  order: KnownOrder,
  options: Pick<PaymentzOptions, "capture" | "inquiryPath">,
  now: Date
): Promise<OrderReport> {
  const { paymentType, openedOn } = settingsOf(order, options)
  const payment = await findPayment(client, {
    reference: order.reference,
    paymentIds: order.gatewayId ? [order.gatewayId, ...order.hints] : order.hints,
    provenId: order.gatewayId,
    paymentType,
    inquiryPath: options.inquiryPath,
  })
  if (!payment) {
    // A form that no browser posted, or an invoice that nobody opened, is not known to the gateway.
    return { state: "pending", word: null, money: [] }
  }
  const stage = transactionStage(payment.word, paymentType)
  if (stage !== "reversed") {
    return report(payment, states[paymentType][stage])
  }
  const { paymentId } = payment
  const line =
    paymentId !== undefined && openedOn !== undefined
      ? await findTransaction(client, { paymentId, reference: order.reference, openedOn, now })
      : undefined
  return report(payment, reversedState(payment, paymentType, line))
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
    word: payment.word ?? null,
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
