import type { MedusaContainer } from "@medusajs/framework/types"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { LostMoveKind } from "../../modules/payment-journal/unmatched-payment"
import { sessionOf } from "../../providers/base/order-details"
import { customerOf } from "../unmatched/customer-of"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import { tellOfUnmatched } from "../unmatched/tell-of-unmatched"
import { unmatchedOf } from "../unmatched/unmatched-of"
import type { RowKind } from "./book-row"
import { livingRows } from "./living-rows"
import { orderOfPayment } from "./order-of-payment"

const kinds: Readonly<Record<RowKind, LostMoveKind>> = {
  refund: "refund_not_booked",
  capture: "capture_not_booked",
}

/**
 * Lists the captures and refunds that the gateway made and that Medusa has lost its row for, and settles those
 * that it has by now: the same move is taken over as it is once somebody repeats it in the dashboard.
 */
export async function reviewLostMoves(container: MedusaContainer, own: OwnPayment): Promise<void> {
  const moves = (await own.context.journal.operationsOfOrder(own.order.reference)).flatMap(asMove)
  const idsOf = (wanted: Move["kind"]) =>
    moves.flatMap(({ kind, row }) => (kind === wanted ? [row] : []))
  // After the journal was read: Medusa writes its row before the journal hears of the move.
  const living = await livingRows(container, {
    refund: idsOf("refund"),
    capture: idsOf("capture"),
  })
  for (const { row, kind, operation } of moves) {
    if (living.has(row)) {
      await settle(container, operation)
    } else {
      await note(container, own, { ...operation, kind })
    }
  }
}

type Move = { kind: RowKind; row: string; operation: GatewayOperation }

/** Those that were made for a row of Medusa's; what was given back from the list, or another way, never had one. */
function asMove(operation: GatewayOperation): Move[] {
  const { kind, state, medusa_id } = operation
  const isMade = (kind === "capture" || kind === "refund") && state === "done"
  return isMade && medusa_id !== null ? [{ kind, row: medusa_id, operation }] : []
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
  operation: GatewayOperation & { kind: RowKind }
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
    customer_id: await customerOf(container, order),
    session_id: sessionOf(order),
    order_id: shopOrder?.id ?? null,
    payment_id: payment.id,
  })
  if (isNew) {
    await tellOfUnmatched(container, context, found)
  }
}
