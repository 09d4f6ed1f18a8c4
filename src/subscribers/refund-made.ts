import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { listMissingBookings } from "../workflows/reconciliation/ledger-check"
import { listRefundDue } from "../workflows/exceptions/canceled-order-refunds"
import { settleFailedRefunds } from "../workflows/exceptions/failed-refunds"
import { ownPaymentById } from "../workflows/medusa-payments"

/** Settles a refund that was due, or that Medusa had lost, once it was made or repeated in the dashboard. */
export default async function refundMade({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const own = await ownPaymentById(container, event.data.id)
  if (own) {
    await listRefundDue(container, own)
    await listMissingBookings(container, own)
    await settleFailedRefunds(container, own)
  }
}

export const config: SubscriberConfig = {
  event: "payment.refunded",
  context: { subscriberId: "refund-due-made" },
}
