import type { MedusaContainer, WebhookActionResult } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type { HeldLease } from "../../modules/payment-journal/repositories/leases"
import type { GatewayContext } from "../../providers/base/context"
import { medusaAction } from "../../providers/base/medusa-status"
import type { SyncedOrder } from "../../providers/base/sync-order"
import { listFailedCompletion } from "../exceptions/unmatched-payments"
import { dueOnOrderOfCollection, wantsNoMore } from "../order-payments/amount-due"
import { mendOrderLinks } from "../orphan-orders/order-links"
import { completingCart } from "./cart-completion"
import { cartTotal, isForTotal, totalAt } from "./cart-total"
import { cartIdOfCollection, isBooked, sessionRow, type SessionRow } from "../medusa-reads"

/**
 * Has Medusa book what was paid: the payment, its capture, and the order of the cart. What is booked already is
 * looked at under the lease in which it is written, because a shopper may complete the cart at the same moment.
 *
 * @param session as it was found when the booking was decided on
 * @param lease of the payment, as `leaseKeys` has it
 * @throws LeaseLostError where another server may be booking it by now
 */
export async function bookPayment(
  container: MedusaContainer,
  booking: Booking,
  session: SessionRow,
  lease: HeldLease
): Promise<void> {
  const { session_id } = booking.data
  const cartId = await cartIdOfCollection(container, session.payment_collection_id)
  const book = async () => {
    if (await isBooked(container, await sessionRow(container, session_id))) {
      return
    }
    if (cartId) {
      await mendOrderLinks(container, session.payment_collection_id, cartId)
    }
    await lease.ensureHeld()
    // By itself and not as a part of a workflow: as a part, Medusa leaves out its own lock on the cart.
    const { errors } = await processPaymentWorkflow(container).run({ input: booking })
    await listFailedCompletion(container, session_id, errors)
  }
  await (cartId ? completingCart(container, cartId, book, { within: lease }) : book())
}

/** What Medusa's own `processPaymentWorkflow` is to do. */
export type Booking = {
  action: WebhookActionResult["action"]
  data: NonNullable<WebhookActionResult["data"]>
}

const acting: readonly string[] = [PaymentActions.AUTHORIZED, PaymentActions.SUCCESSFUL]

/**
 * Null where there is nothing to book: no money, a session that is gone, all is booked already, or the order that it
 * was for is paid otherwise by now.
 */
export async function bookingFor(
  container: MedusaContainer,
  context: GatewayContext,
  asked: SyncedOrder,
  session: SessionRow | undefined
): Promise<Booking | null> {
  const { action, data } = medusaAction(context, asked, session)
  const isToDo =
    data &&
    acting.includes(action) &&
    !(await isBooked(container, session)) &&
    !(await isPaidOtherwise(container, session))
  return isToDo ? { action, data } : null
}

/**
 * The same answer held against the cart that it would pay for: where another module changed the cart's total after
 * the payment was opened, what was paid is not what the cart costs, and no order is made of it.
 */
export async function heldAgainstCart(
  container: MedusaContainer,
  context: GatewayContext,
  asked: SyncedOrder,
  session: SessionRow | undefined
): Promise<SyncedOrder> {
  const { order, decision } = asked
  if (!session || (decision.type !== "paid" && decision.type !== "authorized")) {
    return asked
  }
  const total = await cartTotal(container, session.payment_collection_id)
  if (!total || isForTotal(context, order, total)) {
    return asked
  }
  const { amount, currency_code } = totalAt(context, total)
  const explanation =
    `${order.amount} ${order.currency_code} came for cart ${total.cart_id}, which costs ${amount} ` +
    `${currency_code} by now`
  return { order, decision: { type: "mismatch", explanation } }
}

async function isPaidOtherwise(
  container: MedusaContainer,
  session: SessionRow | undefined
): Promise<boolean> {
  if (!session || session.hasPayment) {
    return false
  }
  const placed = await dueOnOrderOfCollection(container, session.payment_collection_id)
  return placed !== undefined && wantsNoMore(placed)
}
