import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, PaymentSessionStatus } from "@medusajs/framework/utils"
import { createPaymentSessionsWorkflow } from "@medusajs/medusa/core-flows"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { SyncedOrder } from "../../providers/base/sync-order"
import type { GatewayContext } from "../../providers/base/context"
import type { PaymentSessionRow } from "../../providers/base/medusa-rows"
import { leaseKeys, withLeaseOf } from "../leases"
import { readBookingState } from "../exceptions/booking-state"
import { isForTotal, totalOfOpenCart } from "./cart-total"
import { collectionOfCart } from "../medusa-reads"
import { isWantedBy } from "../../providers/base/amounts"

type OpenSession = PaymentSessionRow & { status: string }

/** Those that hold no money, as far as Medusa knows. */
const unpaid: readonly string[] = [
  PaymentSessionStatus.PENDING,
  PaymentSessionStatus.REQUIRES_MORE,
  PaymentSessionStatus.ERROR,
  PaymentSessionStatus.CANCELED,
]

/**
 * Has what was paid under a session that is gone pay for its cart, where it is exactly what the cart needs: the
 * shopper chose a payment method again and paid in the tab before. The money moves to the cart's present
 * session where that is of the same provider and amount, else to a new one that takes its place. What the present
 * one's own order at the gateway is paid with later is then paid twice, and listed as such.
 *
 * @returns the order with the session that its money now belongs to; undefined where it can't pay for the cart
 */
export async function adoptPayment(
  container: MedusaContainer,
  context: GatewayContext,
  { order, decision }: SyncedOrder
): Promise<GatewayOrder | undefined> {
  // A reservation lapses by itself, and Medusa would have to be told of its capture apart.
  const canPay = decision.type === "paid" && context.gateway.capabilities.capture === "automatic"
  const collectionId = canPay ? await openCollectionFor(container, context, order) : undefined
  if (collectionId === undefined) {
    return undefined
  }
  return await withLeaseOf(container, leaseKeys.paymentChoice(collectionId), async () => {
    const isStillOpen = (await openCollectionFor(container, context, order)) === collectionId
    const sessionId = isStillOpen
      ? await sessionFor(container, context, order, collectionId)
      : undefined
    return sessionId === undefined
      ? undefined
      : await context.journal.reassignOrder(order.reference, sessionId)
  })
}

/** The payment collection of the order's cart, where the cart waits for exactly this money and holds no other. */
async function openCollectionFor(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<string | undefined> {
  const { cart_id } = order
  const total = cart_id ? await totalOfOpenCart(container, cart_id) : undefined
  if (!cart_id || !total || !isForTotal(context, order, total)) {
    return undefined
  }
  const { bookingState } = await readBookingState(container, context, order)
  if (bookingState !== "nothing" || (await isPaidOtherwise(context, order, cart_id))) {
    return undefined
  }
  return await collectionOfCart(container, cart_id)
}

/** By another order of the cart at a gateway, or by a charge whose outcome is not known. */
async function isPaidOtherwise(
  { journal }: GatewayContext,
  { reference }: GatewayOrder,
  cartId: string
): Promise<boolean> {
  for (const other of await journal.bindingOrdersOfCart(cartId)) {
    const isPaid = other.state === "paid" || other.state === "authorized"
    const charges = await journal.operationsOfOrder(other.reference, "charge")
    const isCharged = charges.some(({ state }) => state !== "declined")
    if (other.reference !== reference && (isPaid || isCharged)) {
      return true
    }
  }
  return false
}

async function sessionFor(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  payment_collection_id: string
): Promise<string | undefined> {
  const sessions: OpenSession[] = await container
    .resolve(Modules.PAYMENT)
    .listPaymentSessions({ payment_collection_id: [payment_collection_id] })
  if (sessions.some(({ status }) => !unpaid.includes(status))) {
    return undefined // of another plugin's provider, which holds money by now
  }
  const fitting = sessions.find(
    (session) =>
      session.provider_id === order.provider_id &&
      session.status === PaymentSessionStatus.PENDING &&
      isWantedBy(context, session, order)
  )
  if (fitting && sessions.length === 1) {
    return fitting.id
  }
  const { result } = await createPaymentSessionsWorkflow(container).run({
    input: {
      payment_collection_id,
      provider_id: order.provider_id,
      ...(order.customer_id ? { customer_id: order.customer_id } : {}),
      data: {},
    },
  })
  return result.id
}
