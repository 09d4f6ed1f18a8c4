import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { systemActor } from "../../shared/audit-line"
import { LeaseTakenError } from "../../modules/payment-journal/repositories/leases"
import { gatewayContextOf } from "../../providers/registry"
import { announceException, exceptionsOf } from "../exceptions/announce-exception"
import { notifyAdmins } from "../notifications"
import { completingCart } from "../payments/cart-completion"
import { totalOfOpenCart } from "../payments/cart-total"
import { settleOrderWorkflow } from "../payments/settle-payment"
import { type DeadCompletion, quietMs } from "./decide-orphan"
import { type LeftOrder, leftOrders, note, noteKey, unendedCompletions } from "./find-orphan-orders"

/** So far back it is looked; core keeps what became of a completion for as long, in milliseconds. */
const windowMs = 3 * 24 * 60 * 60_000

/**
 * Looks for orders that completions of carts left which died, once no server can be at work on them, and takes them
 * back. Only carts that were to be paid with this package's gateways are looked at; what was paid for one that is no
 * order yet is then booked. Completions that never ended are few, and one statement finds them.
 */
export async function reviewOrphanOrders(
  container: MedusaContainer,
  now = new Date()
): Promise<void> {
  const until = new Date(now.getTime() - quietMs)
  const from = new Date(now.getTime() - windowMs)
  const unended = await unendedCompletions(container, { from, until })
  for (const cartId of new Set(unended.map(({ cart_id }) => cart_id))) {
    const deaths = unended.filter(({ cart_id }) => cart_id === cartId)
    const payment = await newestPaymentOf(container, cartId)
    if (!payment || (await leftOrders(container, cartId, deaths, until)).length === 0) {
      continue
    }
    try {
      const work = async () => await takeBackOrphans(container, payment, deaths, until)
      await completingCart(container, cartId, work, { patienceMs: 0 })
    } catch (error) {
      if (!(error instanceof LeaseTakenError)) {
        throw error
      }
      continue // the cart is being completed at this moment: the next run looks again
    }
    if (await totalOfOpenCart(container, cartId)) {
      await settle(container, payment)
    }
  }
}

/** What the journal knows of a cart's newest payment. */
type CartPayment = {
  cart_id: string
  reference: string
  provider_id: string
  session_id: string
}

async function newestPaymentOf(
  container: MedusaContainer,
  cart_id: string
): Promise<CartPayment | undefined> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "gateway_order",
    fields: ["cart_id", "reference", "provider_id", "session_id"],
    filters: { cart_id },
    pagination: { take: 1, order: { created_at: "DESC", id: "DESC" } },
  })
  return data[0]
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
async function takeBackOrphans(
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
  await exceptionsOf(container).addLine(order.id, { actor: systemActor, action: "canceled", note })
  const sentence =
    `Order ${order.id} was left by a server that died while it completed cart ${cart.id} (payment ` +
    `${payment.reference}). It was canceled and its stock released`
  container.resolve(ContainerRegistrationKeys.LOGGER).warn(sentence)
  await notifyAdmins(container, {
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
  const { payment: listed, isNew } = await exceptionsOf(container).note({
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
    await announceException(container, context, listed)
  }
}

/** Whatever becomes of it is noted as with every question about a payment. */
async function settle(
  container: MedusaContainer,
  { provider_id, reference }: CartPayment
): Promise<void> {
  await settleOrderWorkflow(container).run({
    input: { provider_id, reference },
    throwOnError: false,
  })
}
