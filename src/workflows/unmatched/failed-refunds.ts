import type { MedusaContainer } from "@medusajs/framework/types"
import { add, compare, decimal } from "../../gateways/shared/money"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { receivedAmount, sumOfDone } from "../../providers/base/amounts"
import { sessionOf } from "../../providers/base/order-details"
import { orderOfPayment } from "../books/order-of-payment"
import { tellAdmins } from "../feed/tell-admins"
import { customerOf } from "./customer-of"
import type { OwnPayment } from "./payment-of-ours"
import { reviewRefundDue } from "./review-refund-due"
import { tellOfUnmatched } from "./tell-of-unmatched"
import { unmatchedOf } from "./unmatched-of"

/** The event that tells the shop's own code. */
export const refundFailedEvent = "payment.refund_failed"

type FailedRefund = {
  operation: GatewayOperation
  order: GatewayOrder
  /** Of Medusa's; undefined where no order of the shop's stood for the money. */
  payment: OwnPayment | undefined
}

/**
 * Lists a refund that failed after it was said to be made, and tells it: what is to be given back still is a person's
 * to see to. Of a canceled order it is a refund that is due.
 */
export async function noteFailedRefund(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order, payment }: FailedRefund
): Promise<void> {
  await tell(container, context, operation, order)
  const shopOrder = payment && (await orderOfPayment(container, payment.payment.id))
  if (payment && shopOrder?.status === "canceled") {
    return await reviewRefundDue(container, payment)
  }
  const refunds = await context.journal.operationsOfOrder(order.reference, "refund")
  const failed = refunds
    .filter(({ state }) => state === "returned")
    .reduce((sum, { amount }) => add(sum, decimal(amount)), decimal("0"))
  const { payment: found, isNew } = await unmatchedOf(container).note({
    provider_id: order.provider_id,
    reference: order.reference,
    gateway_id: order.gateway_id,
    kind: "refund_failed",
    amount: failed, // all that ever failed: what of it was settled before is taken off
    currency_code: order.currency_code,
    received_amount: (await receivedAmount(context, order)) ?? order.amount,
    expected_amount: order.amount,
    expected_currency_code: order.currency_code,
    cart_id: order.cart_id,
    customer_id: await customerOf(container, order),
    session_id: sessionOf(order),
    order_id: shopOrder?.id ?? null,
    payment_id: payment?.payment.id ?? null,
  })
  if (isNew) {
    await tellOfUnmatched(container, context, found)
  }
}

async function tell(
  container: MedusaContainer,
  { gateway, announce }: GatewayContext,
  operation: GatewayOperation,
  order: GatewayOrder
): Promise<void> {
  const { reference, amount, currency_code, gateway_code, gateway_message } = operation
  const said = [gateway_code, gateway_message].filter((part) => part).join(": ")
  await tellAdmins(container, {
    key: `refund-failed:${reference}`,
    title: "A refund failed after it was made",
    description:
      `${gateway.title} said that the refund ${reference} of ${amount} ${currency_code.toUpperCase()} was made, and ` +
      `says now that it was not${said ? ` (${said})` : ""}: the shopper did not get the money. Look it up in the ` +
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

/** Settles what was listed so once as much was refunded anew. */
export async function settleFailedRefunds(
  container: MedusaContainer,
  { order, context }: OwnPayment
): Promise<void> {
  const unmatched = unmatchedOf(container)
  const open = await unmatched.openOf(order.reference)
  const refunds = await context.journal.operationsOfOrder(order.reference, "refund")
  const line = { actor: systemActor, action: "refunded", note: "It was refunded again" }
  for (const { id, kind, amount, created_at } of open) {
    const since = refunds.filter((refund) => refund.created_at >= created_at)
    if (kind === "refund_failed" && compare(sumOfDone(since, "refund"), decimal(amount)) >= 0) {
      await unmatched.settle(id, { state: "refunded" }, line)
    }
  }
}
