import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { reviewLostMoves } from "../workflows/books/lost-moves"
import { ownPaymentById } from "../workflows/unmatched/payment-of-ours"
import { reviewKnownMoney } from "../workflows/unmatched/review-money"

/** Settles a capture that Medusa lacked, once it was made or repeated in the dashboard. */
export default async function captureMade({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const own = await ownPaymentById(container, event.data.id)
  if (own) {
    await reviewLostMoves(container, own)
    await reviewKnownMoney(container, own.context, own.order.reference)
  }
}

export const config: SubscriberConfig = {
  event: "payment.captured",
  context: { subscriberId: "lost-capture-made" },
}
