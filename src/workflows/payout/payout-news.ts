import type { Transfer } from "../../modules/payout/transfer"
import type { FeedItem } from "../feed/tell-admins"

type News = { title: string; todo: string }

/** What is said of each event that only a person can act on. */
const news: Readonly<Record<string, News>> = {
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

const held: News = {
  title: "A payout looks like one that was made",
  todo: "Approve it only if it is to be paid once more, else reject it",
}

export const payoutNewsEvents = Object.keys(news)

type Told = Pick<Transfer, "id" | "reference" | "provider_id">

/** Undefined for an event that waits for nobody. */
export function newsOf(event: string, transfer: Told): FeedItem | undefined {
  const said = Object.hasOwn(news, event) ? news[event] : undefined
  return said && itemOf(`${event}:${transfer.id}`, said, transfer)
}

/** Of one that waits for a person by its state: under the same key as its event, so that it is told once. */
export function newsOfWaiting(transfer: Told & Pick<Transfer, "status">): FeedItem {
  return (
    newsOf(`payout.transfer.${transfer.status}`, transfer) ??
    itemOf(`payout.transfer.held:${transfer.id}`, held, transfer)
  )
}

function itemOf(key: string, { title, todo }: News, { reference, provider_id }: Told): FeedItem {
  return { key, title, description: `${provider_id}, our reference ${reference}. ${todo}` }
}
