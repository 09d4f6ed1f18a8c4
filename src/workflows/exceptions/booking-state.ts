import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { isAnotherPayment } from "../../modules/payment-journal/references"
import { sessionOf } from "../../providers/base/order-details"
import type { GatewayContext } from "../../providers/base/context"
import { isCapturedElsewhere } from "../../providers/base/possible-operations"
import { isWantedBy } from "../../providers/base/amounts"
import { dueOnOrderOfCollection, wantsNoMore } from "../order-payments/amount-due"
import { cartTotal, isForTotal, totalAt, type Money } from "../payments/cart-total"
import type { BookingState } from "./match-received-money"
import { paymentsOfSession } from "../medusa-payments"
import {
  type LinkedOrder,
  orderOfCart,
  orderOfCollection,
  type SessionBooking,
  type SessionPayment,
  type SessionRow,
  sessionRow,
} from "../medusa-reads"

/** What Medusa has for an order at a gateway, with the shop's order and the payment that stand there. */
export type OrderBooking = {
  bookingState: BookingState
  order_id: string | null
  payment_id: string | null
  isOrderCanceled?: boolean
  /** What the cart costs, where its total is another by now. */
  total?: Money
}

/**
 * Looks up what Medusa has booked for an order at a gateway, or still could.
 *
 * @param found what was just read of the order's session, if anything was
 */
export async function readBookingState(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  found?: SessionBooking
): Promise<OrderBooking> {
  const sessionId = sessionOf(order)
  const session = found ? found.session : await sessionRow(container, sessionId)
  const payment = session ? paymentIn(session) : await paymentOfGoneSession(container, sessionId)
  if (payment) {
    const link = found?.link ?? (await orderOfCollection(container, payment.payment_collection_id))
    return await bookingOfPayment(container, context, order, { payment, link, session })
  }
  const collectionId = session?.payment_collection_id ?? order.payment_collection_id
  const placed = collectionId ? await dueOnOrderOfCollection(container, collectionId) : undefined
  const isPaidOtherwise = placed !== undefined && wantsNoMore(placed)
  if (session && !isPaidOtherwise && isWantedBy(context, session, order)) {
    return await bookable(container, context, order, session, null)
  }
  if (placed && !order.cart_id) {
    const bookingState = isPaidOtherwise ? "other_payment" : "nothing"
    return { bookingState, order_id: placed.id, payment_id: null }
  }
  const order_id = (order.cart_id && (await orderOfCart(container, order.cart_id))) ?? null
  return {
    bookingState: order_id || isAnotherPayment(order) ? "other_payment" : "nothing",
    order_id,
    payment_id: null,
  }
}

/** Medusa's payment of an order at a gateway. */
type BookedPayment = SessionPayment & { payment_collection_id: string; captureIds: string[] }

function paymentIn({
  payment,
  payment_collection_id,
  captureIds,
}: SessionRow): BookedPayment | undefined {
  return payment ? { ...payment, payment_collection_id, captureIds } : undefined
}

async function paymentOfGoneSession(
  container: MedusaContainer,
  sessionId: string
): Promise<BookedPayment | undefined> {
  const [payment] = await paymentsOfSession(container, sessionId)
  const captureIds = (payment?.captures ?? []).flatMap((capture) => capture?.id ?? [])
  return payment && { ...payment, captureIds }
}

async function bookingOfPayment(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  {
    payment,
    link,
    session,
  }: { payment: BookedPayment; link: LinkedOrder | undefined; session: SessionRow | undefined }
): Promise<OrderBooking> {
  const order_id = link?.order_id ?? null
  const isOrderCanceled = link?.order?.status === "canceled"
  const found = { order_id, payment_id: payment.id, isOrderCanceled }
  if (payment.data?.reference !== order.reference) {
    return { bookingState: "other_payment", ...found }
  }
  if (!order_id && order.cart_id) {
    return session
      ? await bookable(container, context, order, payment, payment.id)
      : { bookingState: "stranded", ...found }
  }
  if (!payment.canceled_at && !isOrderCanceled && (await lacksCapture(context, order, payment))) {
    return { bookingState: "uncaptured", ...found }
  }
  const inLedger = link?.order?.transactionsOf ?? []
  // What the shop's own code took, such as a customer's top-up, is in no order's ledger.
  const isInLedger = !order_id || payment.captureIds.every((id) => inLedger.includes(id))
  // With its session it is being booked right now; without one the order was made of another payment.
  return { bookingState: session || isInLedger ? "booked" : "other_payment", ...found }
}

/** No order can be made while the cart costs another amount than was paid. */
async function bookable(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  { payment_collection_id }: { payment_collection_id: string },
  payment_id: string | null
): Promise<OrderBooking> {
  const total = await cartTotal(container, payment_collection_id)
  return !total || isForTotal(context, order, total)
    ? { bookingState: "bookable", order_id: null, payment_id }
    : { bookingState: "other_total", order_id: null, payment_id, total: totalAt(context, total) }
}

/** A capture that was begun here is told of by itself, whatever became of it. */
async function lacksCapture(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  { captureIds }: BookedPayment
): Promise<boolean> {
  if (gateway.capabilities.capture === "automatic" || captureIds.length > 0) {
    return false
  }
  return isCapturedElsewhere(order, await journal.operationsOfOrder(order.reference))
}
