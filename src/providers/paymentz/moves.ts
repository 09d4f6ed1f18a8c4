import type { PaymentzClient } from "../../gateways/paymentz/client"
import { findPayment } from "../../gateways/paymentz/find-payment"
import { moveAmount, reverse, type MadeMove } from "../../gateways/paymentz/move"
import { amountOutcome, reversalOutcome } from "../../gateways/paymentz/move-outcome"
import { refusedHere } from "../../gateways/paymentz/refusal"
import { findTransaction } from "../../gateways/paymentz/transaction-list"
import { transactionStage } from "../../gateways/paymentz/transaction-status"
import { decimal } from "../../gateways/shared/decimal"
import type { MoneyMove, MoveAnswer, MoveCalls, MoveReport } from "../base/payment-gateway"
import type { PaymentzOptions } from "./options"
import { settingsOf } from "./order-settings"

type Kind = "capture" | "refund" | "reverse"

export type MoveTools = {
  client: PaymentzClient
  options: Pick<PaymentzOptions, "capture" | "inquiryPath">
  now: () => Date
}

export function moveCalls(tools: MoveTools, kind: Kind): MoveCalls {
  return {
    send: (move) => send(tools.client, kind, move),
    ask: (move) => ask(tools, kind, move),
  }
}

async function send(client: PaymentzClient, kind: Kind, move: MoneyMove): Promise<MoveReport> {
  const paymentId = move.order.gatewayId
  if (paymentId === undefined) {
    throw refusedHere(
      kind,
      "the gateway's number of the payment is not known yet; look at the payment once more, then repeat"
    )
  }
  const made = await make(client, kind, { paymentId, amount: move.amount })
  return { outcome: "done", gatewayId: paymentId, ...made }
}

async function make(
  client: PaymentzClient,
  kind: Kind,
  move: { paymentId: string; amount: string }
): Promise<MadeMove> {
  return kind === "reverse" ? await reverse(client, move) : await moveAmount(client, kind, move)
}

/** The stage comes from an inquiry, the amounts from the list of transactions: both only read. */
async function ask(
  { client, options, now }: MoveTools,
  kind: Kind,
  { order, amount }: MoneyMove
): Promise<MoveAnswer> {
  const { sentPaymentType: paymentType, openedOn } = settingsOf(order, options)
  const payment = await findPayment(client, {
    reference: order.reference,
    paymentIds: order.gatewayId ? [order.gatewayId] : [],
    provenId: order.gatewayId,
    paymentType,
    inquiryPath: options.inquiryPath,
  })
  if (payment?.paymentId === undefined || payment.paymentId !== order.gatewayId) {
    return { outcome: "unknown", message: "the gateway does not tell of the payment" }
  }
  const { paymentId } = payment
  const line =
    openedOn === undefined
      ? undefined
      : await findTransaction(client, {
          paymentId,
          reference: order.reference,
          openedOn,
          now: now(),
        })
  const stage = transactionStage(payment.word, paymentType)
  const outcome =
    kind === "reverse"
      ? reversalOutcome(stage, line)
      : amountOutcome(kind, decimal(amount), stage, line)
  if (outcome === "may_repeat") {
    return { outcome }
  }
  const moved = kind === "refund" ? line?.refunded : line?.captured
  return {
    outcome,
    gatewayId: paymentId,
    code: payment.word,
    ...(outcome === "done" ? {} : { message: unmoved(kind, moved) }),
  }
}

/** The list's own amounts: where they differ, somebody moved money in the gateway's back office. */
function unmoved(kind: Kind, moved: string | undefined): string {
  const amount = moved === undefined ? "no amount" : moved
  return `its list of transactions names ${amount} for the ${kind === "refund" ? "refund" : "capture"}`
}
