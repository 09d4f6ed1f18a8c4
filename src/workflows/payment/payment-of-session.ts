import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayContext } from "../../providers/base/context"
import type { Ask } from "../../providers/base/sync-order"
import { paymentStatus, type OrdersOfPayment } from "../../providers/base/payment-status"
import { isWantedBy } from "../../providers/base/create-order"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import type { Verdict } from "../../providers/base/evaluate-report"
import { sessionOf } from "../../providers/base/order-details"
import { adoptPayment } from "./adopt-payment"
import { bookingFor, heldAgainstCart, sessionRow, type Booking } from "./booking"
import { noteOnSession } from "./note-on-session"

/** `mismatch`: money came, but not what was ordered. */
export type PaymentState = Verdict["type"]

export type PaymentOfSession = {
  state: PaymentState
  /** What Medusa still has to do about it; null where there is nothing. */
  todo: Booking | null
}

/**
 * Asks the gateway about a payment session, server to server, and says what Medusa still has to do about it.
 * Undefined where no order was ever opened for the session. A gateway that can't be asked is no error: the
 * payment is pending.
 *
 * @param ask how the gateway is asked where not at once
 */
export async function paymentOfSession(
  container: MedusaContainer,
  sessionId: string,
  ask?: Ask
): Promise<PaymentOfSession | undefined> {
  const orders = await journalOf(container).ordersOfSession(sessionId)
  const [newest] = orders
  const gateway = newest && gatewayContextOf(container, newest.provider_id)
  if (!newest || !gateway) {
    return undefined
  }
  const { context } = gateway
  const session = await sessionRow(container, sessionId)
  if (!session) {
    return await paymentOfGoneSession(container, context, { newest, wanted: orders }, ask)
  }
  const wanted = orders.filter((order) => isWantedBy(context, session, order))
  const answer = await paymentStatus(context, { newest, wanted }, false, ask)
  const asked = await heldAgainstCart(container, context, answer, session)
  const state = asked.verdict.type
  const todo = await bookingFor(container, context, asked, session)
  await noteOnSession(container, session, state)
  return { state, todo }
}

/** What was paid under a session that is gone pays for its cart where it is exactly what the cart needs. */
async function paymentOfGoneSession(
  container: MedusaContainer,
  context: GatewayContext,
  orders: OrdersOfPayment,
  ask: Ask | undefined
): Promise<PaymentOfSession | undefined> {
  const asked = await paymentStatus(context, orders, false, ask)
  const adopted = await adoptPayment(container, context, asked)
  if (adopted) {
    return await paymentOfSession(container, sessionOf(adopted), ask)
  }
  const isPaid = asked.verdict.type === "paid" || asked.verdict.type === "authorized"
  return { state: isPaid ? "mismatch" : asked.verdict.type, todo: null }
}
