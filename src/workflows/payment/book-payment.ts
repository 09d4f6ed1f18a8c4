import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type { HeldLease } from "../../modules/payment-journal/leases"
import { requireNoLeftOrder } from "../orphan-orders/require-no-left-order"
import { tellOfFailedCompletion } from "../unmatched/tell-of-failed-completion"
import { isBooked, sessionRow, type Booking, type SessionRow } from "./booking"
import { completingCart } from "./completing-cart"

/**
 * Has Medusa book what was paid: the payment, its capture, and the order of the cart. What is booked already is
 * looked at under the lease in which it is written, because a shopper may complete the cart at the same moment.
 *
 * @param lease of the payment, as `leaseKeys` has it
 * @throws LeaseLostError where somebody else may be booking it by now
 */
export async function bookPayment(
  container: MedusaContainer,
  booking: Booking,
  lease: HeldLease
): Promise<void> {
  const { session_id } = booking.data
  const session = await sessionRow(container, session_id)
  const cartId = session && (await cartOf(container, session))
  const book = async (ofCart?: HeldLease) => {
    if (await isBooked(container, await sessionRow(container, session_id))) {
      return
    }
    if (session && cartId) {
      await requireNoLeftOrder(container, session, cartId)
    }
    await lease.ensureHeld()
    await ofCart?.ensureHeld()
    // By itself and not as a part of a workflow: as a part, Medusa leaves out its own lock on the cart.
    const { errors } = await processPaymentWorkflow(container).run({ input: booking })
    await tellOfFailedCompletion(container, session_id, errors)
  }
  await (cartId ? completingCart(container, cartId, book) : book())
}

async function cartOf(
  container: MedusaContainer,
  { payment_collection_id }: SessionRow
): Promise<string | undefined> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id },
  })
  return data[0]?.cart_id
}
