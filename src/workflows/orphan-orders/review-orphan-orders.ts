import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { LeaseTakenError } from "../../modules/payment-journal/leases"
import { totalOfOpenCart } from "../payment/cart-total"
import { completingCart } from "../payment/completing-cart"
import { settleOrderWorkflow } from "../payment/settle-order"
import { quietMs } from "./decide-orphan"
import { leftOrders, unendedCompletions } from "./find-orphan-orders"
import { takeBackOrphans, type CartPayment } from "./take-back-orphan-orders"

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

async function newestPaymentOf(
  container: MedusaContainer,
  cart_id: string
): Promise<CartPayment | undefined> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "gateway_order",
    fields: ["cart_id", "reference", "provider_id", "session_id"],
    filters: { cart_id },
    pagination: { take: 1, order: { created_at: "DESC" } },
  })
  return data[0]
}
