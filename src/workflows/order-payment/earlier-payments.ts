import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  PaymentCollectionStatus,
  PaymentSessionStatus,
} from "@medusajs/framework/utils"
import { unsettledStates } from "../../modules/payment-journal/gateway-operation"
import { notAllowed } from "../../providers/base/errors"
import { journalOf } from "../../providers/registry"
import { leaseKeys, withLeaseOf } from "../leases"
import { sessionRow } from "../payment/booking"
import { paymentOfSession } from "../payment/payment-of-session"

/**
 * The payment sessions of an order that hold no money and that another payment takes the place of, after the gateways
 * were asked about them: one thing at a time can be due on an order.
 *
 * @param attached the order at the gateway whose money is about to pay for the order: it is no earlier payment
 * @throws MedusaError not_allowed while a charge is not settled, money that came is not booked yet, or a pay code
 * that the order was placed on can still be paid
 */
export async function replaceableSessions(
  container: MedusaContainer,
  orderId: string,
  attached: string | undefined
): Promise<string[]> {
  const replaceable: string[] = []
  for (const sessionId of await sessionsOfOrder(container, orderId)) {
    const orders = await journalOf(container).ordersOfSession(sessionId)
    const isEarlier = orders.length > 0 && orders.every(({ reference }) => reference !== attached)
    if (isEarlier && (await isReplaceable(container, orderId, sessionId))) {
      replaceable.push(sessionId)
    }
  }
  return replaceable
}

/**
 * Lets go of sessions whose place another payment of the order has taken. What is paid by them all the same is listed.
 *
 * @throws MedusaError not_allowed where one was paid in the meantime
 */
export async function letGoOfSessions(
  container: MedusaContainer,
  orderId: string,
  sessionIds: readonly string[]
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  for (const sessionId of sessionIds) {
    await withLeaseOf(container, leaseKeys.payment(sessionId), async () => {
      const session = await sessionRow(container, sessionId)
      if (session?.hasPayment) {
        throw notAllowed(
          `An earlier payment of order ${orderId} (payment session ${sessionId}) was made in the meantime. Nothing was ` +
            `charged. Look at what is due on the order now`
        )
      }
      if (session) {
        await payments.deletePaymentSession(sessionId)
        const status = PaymentCollectionStatus.CANCELED
        await payments.updatePaymentCollections(session.payment_collection_id, { status })
      }
    })
  }
}

async function isReplaceable(
  container: MedusaContainer,
  orderId: string,
  sessionId: string
): Promise<boolean> {
  const payment = await paymentOfSession(container, sessionId)
  const session = await sessionRow(container, sessionId)
  if (!session || session.hasPayment || !payment) {
    return false
  }
  const isPending = payment.state === "pending"
  if (payment.todo || (isPending && (await hasUnsettledCharge(container, sessionId)))) {
    throw notAllowed(
      `An earlier charge of order ${orderId} is not settled yet (payment session ${sessionId}). Nothing was ` +
        `sent. Run confirmPaymentWorkflow for that session until it is paid or failed, then try again`
    )
  }
  if (isPending && session.status === PaymentSessionStatus.PENDING_AUTHORIZATION) {
    throw notAllowed(
      `Order ${orderId} was placed on a code that can still be paid (payment session ${sessionId}). Wait until it is ` +
        `paid or its time is over, so that the order is not paid twice`
    )
  }
  return payment.state !== "paid" && payment.state !== "authorized"
}

async function hasUnsettledCharge(container: MedusaContainer, sessionId: string): Promise<boolean> {
  const journal = journalOf(container)
  const orders = await journal.ordersOfSession(sessionId)
  const charges = await Promise.all(
    orders.map(async ({ reference }) => await journal.operationsOfOrder(reference, "charge"))
  )
  return charges.flat().some(({ state }) => unsettledStates.includes(state))
}

async function sessionsOfOrder(container: MedusaContainer, orderId: string): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_payment_collection",
    fields: ["payment_collection.payment_sessions.id"],
    filters: { order_id: orderId },
  })
  return data.flatMap((row) =>
    (row.payment_collection?.payment_sessions ?? []).flatMap(
      (session: { id: string } | null) => session?.id ?? []
    )
  )
}
