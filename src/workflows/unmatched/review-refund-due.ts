import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { decimal, isPositive, subtract } from "../../gateways/shared/decimal"
import { systemActor } from "../../modules/payment-journal/audit-line"
import { sessionOf } from "../../providers/base/session-of"
import { sumOfDone } from "../../providers/base/sum-of-done"
import { takenAmount } from "../../providers/base/taken-amount"
import type { OwnPayment } from "./payment-of-ours"
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
  const { gateway, journal } = context
  const isCaptured = (payment.captures ?? []).length > 0
  const orderId = await canceledOrderOf(container, payment.id)
  if (!isCaptured || !orderId) {
    return
  }
  const unmatched = unmatchedOf(container)
  const current = (await journal.findOrder(order.reference)) ?? order
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  const due = subtract(decimal(taken), sumOfDone(operations, "refund"))
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
    customer_id: order.customer_id,
    session_id: sessionOf(order),
    order_id: orderId,
    payment_id: payment.id,
  })
  if (isNew) {
    await tellOfUnmatched(container, context, found)
  }
}

/** The order that a payment belongs to, where it was canceled. */
async function canceledOrderOf(
  container: MedusaContainer,
  paymentId: string
): Promise<string | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: ["payment_collection.order.id", "payment_collection.order.status"],
    filters: { id: paymentId },
  })
  const order = data[0]?.payment_collection?.order
  return order?.status === "canceled" ? order.id : undefined
}
