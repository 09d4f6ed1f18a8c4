import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { notifyAdmins } from "../workflows/notifications"

type Chargeback = { reference: string; amount: string; currency_code: string }

/** A chargeback has to be answered by a person, and in time. */
export default async function chargeback({
  event,
  container,
}: SubscriberArgs<Chargeback>): Promise<void> {
  const { reference, amount, currency_code } = event.data
  await notifyAdmins(container, {
    key: `chargeback:${reference}`,
    title: "A payment was charged back",
    description:
      `The shopper's bank took ${amount} ${currency_code.toUpperCase()} of ${reference} back. Answer it in ` +
      `the gateway's dashboard`,
  })
}

export const config: SubscriberConfig = {
  event: "payment.chargeback",
  context: { subscriberId: "chargeback-in-feed" },
}
