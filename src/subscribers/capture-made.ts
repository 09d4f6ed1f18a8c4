import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { exceptionsOf } from "../workflows/exceptions/announce-exception"
import { listMissingBookings } from "../workflows/reconciliation/ledger-check"
import { ownPaymentById, takenPayment } from "../workflows/medusa-payments"
import { orderOfPayment } from "../workflows/medusa-reads"
import { matchOrListKnownPayment } from "../workflows/exceptions/unmatched-payments"

/**
 * Settles a capture that Medusa lacked, once it was made or repeated in the dashboard; with most captures nothing was
 * listed. A cart's payment without an order is left alone: it is being booked, and whoever books it knows why no order
 * could be made.
 */
export default async function captureMade({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const taken = await takenPayment(container, event.data.id)
  const isListed = taken && (await exceptionsOf(container).isAnyOpenOf(taken.reference))
  const own = isListed ? await ownPaymentById(container, event.data.id) : undefined
  if (!own) {
    return
  }
  await listMissingBookings(container, own)
  const { cart_id, reference } = own.order
  if (cart_id === null || (await orderOfPayment(container, own.payment.id))) {
    await matchOrListKnownPayment(container, own.context, reference)
  }
}

export const config: SubscriberConfig = {
  event: "payment.captured",
  context: { subscriberId: "lost-capture-made" },
}
