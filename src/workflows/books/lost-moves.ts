import type { MedusaContainer } from "@medusajs/framework/types"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import { sessionOf } from "../../providers/base/session-of"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import { tellOfUnmatched } from "../unmatched/tell-of-unmatched"
import { unmatchedOf } from "../unmatched/unmatched-of"
import { orderOfPayment } from "./order-of-payment"

const kinds = { refund: "refund_not_booked", capture: "capture_not_booked" } as const

/**
 * Lists the captures and refunds that the gateway made and that Medusa has lost its row for, and settles those
 * that it has by now: the same move is taken over as it is once somebody repeats it in the dashboard.
 */
export async function reviewLostMoves(container: MedusaContainer, own: OwnPayment): Promise<void> {
  const rows = [...(own.payment.captures ?? []), ...(own.payment.refunds ?? [])]
  const living = new Set(rows.flatMap((row) => row?.id ?? []))
  const operations = await own.context.journal.operationsOfOrder(own.order.reference)
  for (const operation of operations) {
    const { kind, state, medusa_id } = operation
    if ((kind !== "capture" && kind !== "refund") || state !== "done" || medusa_id === null) {
      continue // without a row of Medusa's from the first: given back from the list, or another way
    }
    if (living.has(medusa_id)) {
      await settle(container, operation)
    } else {
      await note(container, own, { ...operation, kind })
    }
  }
}

async function settle(container: MedusaContainer, { reference }: GatewayOperation): Promise<void> {
  const unmatched = unmatchedOf(container)
  const line = { actor: systemActor, action: "closed", note: "Medusa's books have it by now" }
  for (const { id } of await unmatched.openOf(reference)) {
    await unmatched.settle(id, { state: "closed" }, line)
  }
}

async function note(
  container: MedusaContainer,
  { payment, order, context }: OwnPayment,
  operation: GatewayOperation & { kind: keyof typeof kinds }
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  if (operation.kind === "refund" && (!shopOrder || shopOrder.status === "canceled")) {
    return // what a canceled order still holds is listed as due by the journal, which has the refund
  }
  const { reference, gateway_id, amount, currency_code } = operation
  const { payment: found, isNew } = await unmatchedOf(container).note({
    provider_id: order.provider_id,
    reference,
    gateway_id,
    kind: kinds[operation.kind],
    amount,
    currency_code,
    received_amount: amount,
    expected_amount: amount,
    expected_currency_code: currency_code,
    cart_id: order.cart_id,
    customer_id: order.customer_id,
    session_id: sessionOf(order),
    order_id: shopOrder?.id ?? null,
    payment_id: payment.id,
  })
  if (isNew) {
    await tellOfUnmatched(container, context, found)
  }
}
