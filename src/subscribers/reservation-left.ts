import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { firstCheckMs } from "../modules/payment-journal/gateway-order"
import { ownPaymentsOfOrder } from "../workflows/medusa-payments"

/** Has the reconciliation give back what is still reserved for a canceled order; see `releaseReservation`. */
export default async function reservationLeft({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  for (const { payment, order, context } of await ownPaymentsOfOrder(container, event.data.id)) {
    if (!payment.canceled_at && (payment.captures ?? []).length === 0) {
      const soon = new Date(Date.now() + firstCheckMs)
      await context.journal.scheduleOrderCheck(order.reference, soon)
    }
  }
}

export const config: SubscriberConfig = {
  event: "order.canceled",
  context: { subscriberId: "reservation-left-by-canceled-order" },
}
