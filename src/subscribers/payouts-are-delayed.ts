import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { newsOfDelay, notifyAdmins, type SendingDelay } from "../workflows/notifications"

/** Says once in the dashboard's feed that approved payouts of a provider are not sent, and why. */
export default async function payoutsAreDelayed({
  event,
  container,
}: SubscriberArgs<SendingDelay>): Promise<void> {
  await notifyAdmins(container, newsOfDelay(event.data))
}

export const config: SubscriberConfig = {
  event: "payout.sending.delayed",
  context: { subscriberId: "payouts-are-delayed" },
}
