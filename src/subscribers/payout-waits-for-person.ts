import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { notifyAdmins, newsOf, payoutNewsEvents } from "../workflows/notifications"

type PayoutEvent = { id: string; reference: string; provider_id: string }

/** Puts a payout that waits for a person into the dashboard's feed. Where the event is lost, a job does. */
export default async function payoutWaitsForPerson({
  event,
  container,
}: SubscriberArgs<PayoutEvent>): Promise<void> {
  const item = newsOf(event.name, event.data)
  if (item) {
    await notifyAdmins(container, item)
  }
}

export const config: SubscriberConfig = {
  event: payoutNewsEvents,
  context: { subscriberId: "payout-waits-for-person" },
}
