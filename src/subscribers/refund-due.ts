import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ownPaymentsOfOrder } from "../workflows/medusa-payments"
import { listRefundDue } from "../workflows/exceptions/canceled-order-refunds"

/** Lists what a canceled order still holds of its shopper's money. */
export default async function refundDue({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  for (const own of await ownPaymentsOfOrder(container, event.data.id)) {
    await listRefundDue(container, own)
  }
}

export const config: SubscriberConfig = {
  event: "order.canceled",
  context: { subscriberId: "refund-due-on-canceled-order" },
}
