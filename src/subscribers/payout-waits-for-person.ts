import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { tellAdmins } from "../workflows/feed/tell-admins"

type PayoutNews = { id: string; reference: string; provider_id: string; status: string }

/** What is said of each event that only a person can act on. */
const news: Readonly<Record<string, { title: string; todo: string }>> = {
  "payout.transfer.manual_review": {
    title: "Nobody knows whether a payout was made",
    todo: "Look it up in the gateway's dashboard by our reference, then say in the shop what became of it",
  },
  "payout.transfer.returned": {
    title: "A payout came back",
    todo: "The receiving bank or wallet sent the money back. Check the account before you pay again",
  },
  "payout.transfer.contradiction": {
    title: "A payout that had failed was made after all",
    todo: "The gateway says now that the money was sent. Do not pay it again",
  },
}

/** Puts a payout that waits for a person into the dashboard's feed. */
export default async function payoutWaitsForPerson({
  event,
  container,
}: SubscriberArgs<PayoutNews>): Promise<void> {
  const said = news[event.name]
  if (said) {
    const { id, reference, provider_id } = event.data
    await tellAdmins(container, {
      key: `${event.name}:${id}`,
      title: said.title,
      description: `${provider_id}, our reference ${reference}. ${said.todo}`,
    })
  }
}

export const config: SubscriberConfig = {
  event: Object.keys(news),
  context: { subscriberId: "payout-waits-for-person" },
}
