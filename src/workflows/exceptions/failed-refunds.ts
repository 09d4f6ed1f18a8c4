import type { MedusaContainer } from "@medusajs/framework/types"
import { add, compare, decimal } from "../../gateways/shared/money"
import { systemActor } from "../../shared/audit-line"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { receivedAmount, sumOfDone } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { type OwnPayment } from "../medusa-payments"
import { orderOfPayment } from "../medusa-reads"
import { notifyAdmins } from "../notifications"
import { listException, announceException, exceptionsOf } from "./announce-exception"
import { listRefundDue } from "./canceled-order-refunds"

/**
 * Notifies of a refund that failed after the gateway had said that it was made, and lists it as a payment exception: a
 * person has to give the money back. Of a canceled order it is listed as a refund that is due.
 */
export async function listFailedRefund(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order, payment }: FailedRefund
): Promise<void> {
  await notifyOfFailedRefund(container, context, operation, order)
  const shopOrder = payment && (await orderOfPayment(container, payment.payment.id))
  if (payment && shopOrder?.status === "canceled") {
    return await listRefundDue(container, payment)
  }
  const refunds = await context.journal.operationsOfOrder(order.reference, "refund")
  const failed = refunds
    .filter(({ state }) => state === "returned")
    .reduce((sum, { amount }) => add(sum, decimal(amount)), decimal("0"))
  const { payment: found, isNew } = await listException(container, order, {
    kind: "refund_failed",
    amount: failed, // all that ever failed: what of it was settled before is taken off
    received_amount: (await receivedAmount(context, order)) ?? order.amount,
    order_id: shopOrder?.id ?? null,
    payment_id: payment?.payment.id ?? null,
  })
  if (isNew) {
    await announceException(container, context, found)
  }
}

type FailedRefund = {
  operation: GatewayOperation
  order: GatewayOrder
  /** Of Medusa's; undefined where no order of the shop's stood for the money. */
  payment: OwnPayment | undefined
}

/** Settles the listed failed refunds of an order once as much was refunded again. */
export async function settleFailedRefunds(
  container: MedusaContainer,
  { order, context }: OwnPayment
): Promise<void> {
  const exceptions = exceptionsOf(container)
  const open = await exceptions.openOf(order.reference)
  const refunds = await context.journal.operationsOfOrder(order.reference, "refund")
  const line = { actor: systemActor, action: "refunded", note: "It was refunded again" }
  for (const { id, kind, amount, created_at } of open) {
    const since = refunds.filter((refund) => refund.created_at >= created_at)
    if (kind === "refund_failed" && compare(sumOfDone(since, "refund"), decimal(amount)) >= 0) {
      await exceptions.settle(id, { state: "refunded" }, line)
    }
  }
}

/** The event for the shop's own code. */
const refundFailedEvent = "payment.refund_failed"

async function notifyOfFailedRefund(
  container: MedusaContainer,
  { gateway, announce }: GatewayContext,
  operation: GatewayOperation,
  order: GatewayOrder
): Promise<void> {
  const { reference, amount, currency_code, gateway_code, gateway_message } = operation
  const gatewayError = [gateway_code, gateway_message].filter((part) => part).join(": ")
  await notifyAdmins(container, {
    key: `refund-failed:${reference}`,
    title: "A refund failed after it was made",
    description:
      `${gateway.title} said that the refund ${reference} of ${amount} ${currency_code.toUpperCase()} was made, and ` +
      `says now that it was not${gatewayError ? ` (${gatewayError})` : ""}: the shopper did not get the money. Look it up in the ` +
      `gateway's dashboard, then refund it again or give it back another way`,
  })
  await announce({
    name: refundFailedEvent,
    data: {
      provider_id: order.provider_id,
      reference,
      order_reference: order.reference,
      session_id: order.session_id,
      cart_id: order.cart_id,
      amount,
      currency_code,
    },
  })
}
