import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { systemActor } from "../../modules/payment-journal/audit-line"
import { gatewayContextOf } from "../../providers/registry"
import { tellAdmins } from "../feed/tell-admins"
import { tellOfUnmatched } from "../unmatched/tell-of-unmatched"
import { unmatchedOf } from "../unmatched/unmatched-of"
import type { DeadCompletion } from "./decide-orphan"
import { leftOrders, note, noteKey, type LeftOrder } from "./find-orphan-orders"

/** What the journal knows of a cart's newest payment. */
export type CartPayment = {
  cart_id: string
  reference: string
  provider_id: string
  session_id: string
}

/**
 * Takes back the orders that completions of a cart left which died between making an order and linking it: they look
 * like orders to whoever packs parcels, hold stock, and where their link to the cart's payments was made, core can
 * make no other order of the cart. Canceled with a note where nothing was done with them; listed for a person
 * otherwise. The caller holds the lease of the
 * cart's completion.
 *
 * @param deaths completions that are surely not at work any more
 * @param madeUntil what was made later is left alone
 */
export async function takeBackOrphans(
  container: MedusaContainer,
  payment: CartPayment,
  deaths: readonly DeadCompletion[],
  madeUntil: Date
): Promise<void> {
  for (const left of await leftOrders(container, payment.cart_id, deaths, madeUntil)) {
    if (left.decision === "orphan") {
      await takeBack(container, left, payment)
    } else {
      await listOrder(container, left, payment)
    }
  }
}

/** Nobody is told as of a canceled order: the shopper has, or will have, the one that the cart became. */
async function takeBack(
  container: MedusaContainer,
  { cart, order }: LeftOrder,
  payment: CartPayment
): Promise<void> {
  const orders = container.resolve(Modules.ORDER)
  const { metadata } = await orders.retrieveOrder(order.id, { select: ["id", "metadata"] })
  await orders.updateOrders(order.id, {
    metadata: { ...metadata, [noteKey]: note },
    no_notification: true,
  })
  // The link to the cart's own payments may be there already: canceled with it, they would be refunded.
  for (const payment_collection_id of order.payment_collection_ids) {
    await container.resolve(ContainerRegistrationKeys.LINK).dismiss({
      [Modules.ORDER]: { order_id: order.id },
      [Modules.PAYMENT]: { payment_collection_id },
    })
  }
  await cancelOrderWorkflow(container).run({ input: { order_id: order.id } })
  await unmatchedOf(container).addLine(order.id, { actor: systemActor, action: "canceled", note })
  const sentence =
    `Order ${order.id} was left by a server that died while it completed cart ${cart.id} (payment ` +
    `${payment.reference}). It was canceled and its stock released`
  container.resolve(ContainerRegistrationKeys.LOGGER).warn(sentence)
  await tellAdmins(container, {
    key: `orphan-order:${order.id}`,
    title: "An order that was left over was canceled",
    description: sentence,
  })
}

async function listOrder(
  container: MedusaContainer,
  { cart, order }: LeftOrder,
  payment: CartPayment
): Promise<void> {
  const context = gatewayContextOf(container, payment.provider_id)?.context
  const total = order.lines.reduce(
    (sum, { quantity, unit_price }) => MathBN.add(sum, MathBN.mult(quantity, unit_price)),
    MathBN.convert(0)
  )
  const { payment: listed, isNew } = await unmatchedOf(container).note({
    provider_id: payment.provider_id,
    reference: order.id,
    gateway_id: null,
    kind: "order_without_cart",
    amount: total.toFixed(),
    currency_code: order.currency_code,
    received_amount: "0",
    expected_amount: total.toFixed(),
    expected_currency_code: order.currency_code,
    cart_id: cart.id,
    customer_id: order.customer_id,
    session_id: payment.session_id,
    order_id: order.id,
    payment_id: null,
  })
  if (isNew && context) {
    await tellOfUnmatched(container, context, listed)
  }
}
