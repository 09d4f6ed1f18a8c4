import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ownPaymentById } from "../workflows/unmatched/payment-of-ours"
import { reviewRefundDue } from "../workflows/unmatched/review-refund-due"

/** Settles a refund that was due, once it was made in the dashboard. */
export default async function refundMade({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const own = await ownPaymentById(container, event.data.id)
  if (own) {
    await reviewRefundDue(container, own)
  }
}

export const config: SubscriberConfig = {
  event: "payment.refunded",
  context: { subscriberId: "refund-due-made" },
}
