import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, MedusaError } from "@medusajs/framework/utils"
import { unsettledStates } from "../../modules/payment-journal/gateway-operation"
import { journalOf } from "../../providers/gateway-context-of"
import { paymentOfSession } from "../payment/payment-of-session"
import { reservedAmount, type PaymentRow } from "./reserved-amount"

export type AmountDue = {
  /** Major units; Medusa's own workflows take a number here. */
  amount: number
  customer_id: string | null
  email: string | null
}

/**
 * What can be asked for an order: what was named, or all that is due. Medusa counts only what was captured
 * as paid; what is reserved is on its way, and charging it again would take it twice.
 *
 * @throws MedusaError not_found for an order that does not exist; not_allowed when it is more than is due
 */
export async function amountDue(
  container: MedusaContainer,
  orderId: string,
  amount: BigNumberInput | undefined
): Promise<AmountDue> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: [
      "id",
      "summary.*",
      "customer_id",
      "email",
      "currency_code",
      "status",
      "payment_collections.payments.*",
      "payment_collections.payments.captures.*",
    ],
    filters: { id: orderId },
  })
  const [order] = data
  if (!order) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no order ${orderId}`)
  }
  const payments = (order.payment_collections ?? []).flatMap(
    (collection: { payments?: PaymentRow[] } | null) => collection?.payments ?? []
  )
  const reserved = reservedAmount(container, payments)
  const due = MathBN.max(MathBN.sub(order.summary?.pending_difference ?? 0, reserved), 0)
  const wanted = amount ?? due
  if (order.status === "canceled" || !MathBN.gt(wanted, 0) || MathBN.gt(wanted, due)) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `${MathBN.convert(wanted).toFixed()} ${order.currency_code.toUpperCase()} can't be asked for order ` +
        `${orderId}, which is ${order.status}: ${due.toFixed()} are due` +
        (MathBN.gt(reserved, 0) ? `, and ${reserved.toFixed()} are reserved and not captured` : "")
    )
  }
  return {
    amount: MathBN.convert(wanted).toNumber(),
    customer_id: order.customer_id ?? null,
    email: order.email ?? null,
  }
}

/**
 * The payment session of an earlier payment of the order that is not settled, after the gateway was asked
 * about it: a charge whose outcome is still not known, or money that came and is not booked on the order yet.
 * Another charge could be a second one.
 */
export async function unsettledCharge(
  container: MedusaContainer,
  orderId: string
): Promise<string | undefined> {
  const journal = journalOf(container)
  for (const sessionId of await sessionsOfOrder(container, orderId)) {
    const orders = await journal.ordersOfSession(sessionId)
    const charges = await Promise.all(
      orders.map(async ({ reference }) => await journal.operationsOfOrder(reference, "charge"))
    )
    const isUnsettled = charges.flat().some(({ state }) => unsettledStates.includes(state))
    const payment = await paymentOfSession(container, sessionId)
    if (payment?.todo || (isUnsettled && payment?.state === "pending")) {
      return sessionId
    }
  }
  return undefined
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
