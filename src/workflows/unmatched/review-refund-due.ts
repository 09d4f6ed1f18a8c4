import type { MedusaContainer } from "@medusajs/framework/types"
import { isPositive } from "../../gateways/shared/money"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sessionOf } from "../../providers/base/order-details"
import { orderOfPayment } from "../books/order-of-payment"
import { customerOf } from "./customer-of"
import type { OwnPayment } from "./payment-of-ours"
import { stillDue } from "./still-due"
import { tellOfUnmatched } from "./tell-of-unmatched"
import { unmatchedOf } from "./unmatched-of"

/**
 * Lists what was taken for a canceled order and not given back, and settles it when it was. The journal
 * decides: Medusa books the refunds of an order that it cancels even where the gateway refuses them.
 */
export async function reviewRefundDue(
  container: MedusaContainer,
  { payment, order, context }: OwnPayment
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  const current = (await context.journal.findOrder(order.reference)) ?? order
  if (!isTaken(context, payment, current) || shopOrder?.status !== "canceled") {
    return
  }
  const unmatched = unmatchedOf(container)
  const { taken, due } = await stillDue(context, order)
  if (!isPositive(due) || current.state === "refunded" || current.state === "chargeback") {
    const settled = { actor: systemActor, action: "refunded", note: "The money was given back" }
    for (const { id, kind } of await unmatched.openOf(order.reference)) {
      if (kind === "refund_due") {
        await unmatched.settle(id, { state: "refunded" }, settled)
      }
    }
    return
  }
  const { payment: found, isNew } = await unmatched.note({
    provider_id: order.provider_id,
    reference: order.reference,
    gateway_id: order.gateway_id,
    kind: "refund_due",
    amount: due,
    currency_code: order.currency_code,
    received_amount: taken,
    expected_amount: "0",
    expected_currency_code: order.currency_code,
    cart_id: order.cart_id,
    customer_id: await customerOf(container, order),
    session_id: sessionOf(order),
    order_id: shopOrder.id,
    payment_id: payment.id,
  })
  if (isNew) {
    await tellOfUnmatched(container, context, found)
  }
}

/** By Medusa's books; or, where a reservation comes first, by the gateway's own people after the order was canceled. */
function isTaken(
  { gateway }: OwnPayment["context"],
  { captures }: OwnPayment["payment"],
  { state }: GatewayOrder
): boolean {
  const isByMedusa = (captures ?? []).length > 0
  return isByMedusa || (gateway.capabilities.captures !== "at_once" && state === "paid")
}
