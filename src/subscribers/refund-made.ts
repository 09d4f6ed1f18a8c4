import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { reviewLostMoves } from "../workflows/books/lost-moves"
import { settleFailedRefunds } from "../workflows/unmatched/failed-refunds"
import { ownPaymentById } from "../workflows/unmatched/payment-of-ours"
import { reviewRefundDue } from "../workflows/unmatched/review-refund-due"

/** Settles a refund that was due, or that Medusa had lost, once it was made or repeated in the dashboard. */
export default async function refundMade({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const own = await ownPaymentById(container, event.data.id)
  if (own) {
    await reviewRefundDue(container, own)
    await reviewLostMoves(container, own)
    await settleFailedRefunds(container, own)
  }
}

export const config: SubscriberConfig = {
  event: "payment.refunded",
  context: { subscriberId: "refund-due-made" },
}
