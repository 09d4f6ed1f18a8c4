import type { PaymentzClient } from "../../gateways/paymentz/client"
import { findPayment } from "../../gateways/paymentz/find-payment"
import { captureOrRefund, voidPayment, type MadeOperation } from "../../gateways/paymentz/payments"
import {
  amountOutcome,
  refundReview,
  voidOutcome,
  transactionStage,
  type TransactionStage,
} from "../../gateways/paymentz/statuses"
import { paymentzErrors } from "../../gateways/paymentz/errors"
import { findTransaction, type ListedTransaction } from "../../gateways/paymentz/transaction-list"
import { decimal } from "../../gateways/shared/money"
import type {
  KnownOrder,
  Operation,
  OperationStatus,
  OperationCalls,
  OperationResult,
  ReviewReport,
} from "../base/gateway"
import type { PaymentzOptions } from "./options"
import { settingsOf } from "./options"

export function operationCalls(tools: OperationTools, kind: Kind): OperationCalls {
  return {
    send: (operation) => send(tools.client, kind, operation),
    ask: (operation) => ask(tools, kind, operation),
    ...(kind === "refund" ? { review: (operation) => review(tools, operation) } : {}),
  }
}

export type OperationTools = {
  client: PaymentzClient
  options: Pick<PaymentzOptions, "capture" | "inquiryPath">
  now: () => Date
}

type Kind = "capture" | "refund" | "void"

async function send(
  client: PaymentzClient,
  kind: Kind,
  operation: Operation
): Promise<OperationResult> {
  const paymentId = operation.order.gatewayId
  if (paymentId === undefined) {
    throw paymentzErrors.refusedHere(
      kind,
      "the gateway's number of the payment is not known yet; look at the payment once more, then repeat"
    )
  }
  const made = await make(client, kind, { paymentId, amount: operation.amount })
  return { outcome: "done", gatewayId: paymentId, ...made }
}

async function make(
  client: PaymentzClient,
  kind: Kind,
  operation: { paymentId: string; amount: string }
): Promise<MadeOperation> {
  return kind === "void"
    ? await voidPayment(client, operation)
    : await captureOrRefund(client, kind, operation)
}

/** The stage comes from an inquiry, the amounts from the list of transactions: both only read. */
async function ask(
  tools: OperationTools,
  kind: Kind,
  { order, amount }: Operation
): Promise<OperationStatus> {
  const found = await lookUp(tools, order)
  if (!found) {
    return { outcome: "unknown", message: "the gateway does not tell of the payment" }
  }
  const { paymentId, stage, rawStatus } = found
  const line = await lineAbout(tools, order, paymentId)
  const outcome =
    kind === "void" ? voidOutcome(stage, line) : amountOutcome(kind, decimal(amount), stage, line)
  if (outcome === "may_repeat") {
    return { outcome }
  }
  const moved = kind === "refund" ? line?.refunded : line?.captured
  return {
    outcome,
    gatewayId: paymentId,
    code: rawStatus,
    ...(outcome === "done" ? {} : { message: unmoved(kind, moved) }),
  }
}

/** The list's own amounts: where they differ, money was moved in the gateway's back office. */
function unmoved(kind: Kind, moved: string | undefined): string {
  const amount = moved === undefined ? "no amount" : moved
  return `its list of transactions names ${amount} for the ${kind === "refund" ? "refund" : "capture"}`
}

/** The list is long: it is read only where the payment's own stage does not say that the money is given back. */
async function review(tools: OperationTools, { order }: Operation): Promise<ReviewReport> {
  const found = await lookUp(tools, order)
  if (!found) {
    return { outcome: "unknown" }
  }
  const { paymentId, stage, rawStatus } = found
  const line = stage === "captured" ? await lineAbout(tools, order, paymentId) : undefined
  return { outcome: refundReview(stage, line), code: rawStatus }
}

/** Undefined where the gateway does not tell of the very payment. */
async function lookUp(
  { client, options }: OperationTools,
  order: KnownOrder
): Promise<LookedUp | undefined> {
  const { sentPaymentType: paymentType } = settingsOf(order, options)
  const payment = await findPayment(client, {
    reference: order.reference,
    paymentIds: order.gatewayId ? [order.gatewayId] : [],
    provenId: order.gatewayId,
    paymentType,
    inquiryPath: options.inquiryPath,
  })
  return payment?.paymentId === undefined || payment.paymentId !== order.gatewayId
    ? undefined
    : {
        paymentId: payment.paymentId,
        rawStatus: payment.rawStatus,
        stage: transactionStage(payment.rawStatus, paymentType),
      }
}

type LookedUp = { paymentId: string; rawStatus?: string; stage: TransactionStage }

async function lineAbout(
  { client, options, now }: OperationTools,
  order: KnownOrder,
  paymentId: string
): Promise<ListedTransaction | undefined> {
  const { openedOn } = settingsOf(order, options)
  return openedOn === undefined
    ? undefined
    : await findTransaction(client, { paymentId, reference: order.reference, openedOn, now: now() })
}
