import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { Digest } from "../modules/payout/actions/daily-digest"
import type { Reconciliation } from "../modules/payout/actions/reconcile"
import type { Transfer } from "../modules/payout/domain/transfer"
import type { GatewayContext } from "../providers/base/context"
import { errorMessage } from "../shared/errors"

/** Something that waits for a person. Nothing secret, nothing personal. */
type FeedItem = {
  /** The same for the same matter: it is shown once. */
  key: string
  title: string
  description: string
}

function feedKey(key: string): string {
  return `regional-payments:${key}`
}

/** As Medusa's own workflows write into the feed of its dashboard. */
const feed = { to: "", channel: "feed", template: "admin-ui" } as const

/**
 * Puts something into the dashboard's feed of notifications. A shop can be without a provider for the feed;
 * then the log, which has it already, has to do. Never rejects: news must not undo what happened to money.
 */
export async function notifyAdmins(
  container: MedusaContainer,
  { key, title, description }: FeedItem
): Promise<void> {
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const notifications = container.resolve(Modules.NOTIFICATION, { allowUnregistered: true })
  if (!notifications) {
    return
  }
  try {
    await notifications.createNotifications({
      ...feed,
      data: { title, description },
      idempotency_key: feedKey(key),
    })
  } catch (error) {
    const reason = errorMessage(error)
    log.debug(`The dashboard's feed took no notification: ${reason}`)
  }
}

/** Those that nobody has put into the feed yet; none where the shop has no notifications at all. */
export async function notInFeed(
  container: MedusaContainer,
  items: readonly FeedItem[]
): Promise<FeedItem[]> {
  if (items.length === 0 || !container.hasRegistration(Modules.NOTIFICATION)) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "notification",
    fields: ["idempotency_key"],
    filters: { idempotency_key: items.map(({ key }) => feedKey(key)) },
  })
  const told = new Set(data.map(({ idempotency_key }) => idempotency_key))
  return items.filter(({ key }) => !told.has(feedKey(key)))
}

/** What only a person can still find out: at the gateway, or by a repeat that the gateway refuses where it was made. */
const openOutcomes = {
  "given-up": "A gateway never told what became of a payment",
  "to-repeat": "Something is to be repeated to learn what became of it",
} as const

type OpenOutcome = { key: keyof typeof openOutcomes; reference: string; sentence: string }

/** Tells the admins of it, by a line in the log and once in the dashboard. */
export async function notifyOfOpenOutcome(
  container: MedusaContainer,
  { log }: Pick<GatewayContext, "log">,
  { key, reference, sentence }: OpenOutcome
): Promise<void> {
  log.warn(sentence)
  await notifyAdmins(container, {
    key: `${key}:${reference}`,
    title: openOutcomes[key],
    description: sentence,
  })
}

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
    title: "A gateway contradicts what was known of a payout",
    todo: "It says otherwise than it did before, or than a person said. See the transfer's events, and pay nothing again until it is clear",
  },
}

const held: News = {
  title: "A payout looks like one that was made",
  todo: "Approve it only if it is to be paid once more, else reject it",
}

const firstPayment: News = {
  title: "A payout would be the first to its account",
  todo: "Make sure that the account is theirs before you approve it, by a call to a number that you had before",
}

export const payoutNewsEvents = Object.keys(news)

type Told = Pick<Transfer, "id" | "reference" | "provider_id">

/** Undefined for an event that waits for nobody. */
export function newsOf(event: string, transfer: Told): FeedItem | undefined {
  const said = Object.hasOwn(news, event) ? news[event] : undefined
  return said && itemOf(`${event}:${transfer.id}`, said, transfer)
}

/** Of one that waits for a person by its state: under the same key as its event, so that it is told once. */
export function newsOfWaiting(transfer: Told & Pick<Transfer, "status" | "same_as_id">): FeedItem {
  return (
    newsOf(`payout.transfer.${transfer.status}`, transfer) ??
    itemOf(
      `payout.transfer.held:${transfer.id}`,
      transfer.same_as_id === null ? firstPayment : held,
      transfer
    )
  )
}

function itemOf(key: string, { title, todo }: News, { reference, provider_id }: Told): FeedItem {
  return { key, title, description: `${provider_id}, our reference ${reference}. ${todo}` }
}

/** The day's one item about all that waits for people, under its day's key. */
export function newsOfDigest({
  day,
  waiting,
  expiring,
  failed,
  unsettled,
  without_statement,
  pending_beneficiaries: pending,
  changed_accounts: changed,
}: Digest): FeedItem {
  const sentences = [
    waiting.count > 0 &&
      `Waiting for an approval: ${waiting.count} (${sumsText(waiting.sums)}), the first of them until ` +
        waiting.first_expires_at,
    expiring.count > 0 && `Expiring by ${expiring.until}: ${expiring.count}`,
    failed.count > 0 && `Failed since the last digest: ${failed.count} (${sumsText(failed.sums)})`,
    unsettled.count > 0 && `To be looked up at the gateway: ${unsettled.count}`,
    without_statement.count > 0 &&
      `In bank files whose day is over, and settled by no statement: ${without_statement.count} ` +
        `(${sumsText(without_statement.sums)})`,
    pending.count > 0 && `Beneficiaries that can't be paid yet: ${pending.count}`,
    changed.count > 0 &&
      `Accounts that were changed since the last digest: ${changed.count}. Make sure that the payees know of it, by the ` +
        "contacts of before",
  ]
  return {
    key: `payout.digest:${day}`,
    title: `Payouts that wait for people on ${day}`,
    description: `${sentences.filter(Boolean).join(". ")}.`,
  }
}

export function newsOfReconciliation({ day, asked, different }: Reconciliation): FeedItem {
  return {
    key: `payout.reconciliation:${day}`,
    title: "Gateways say otherwise of payouts than the shop",
    description:
      `Of ${asked} payouts that were held against their gateways on ${day}, ${different} differ. See ` +
      "/admin/payouts/reconciliations and the transfers' audit lines, and find out at the gateways what was moved",
  }
}

function sumsText(sums: Digest["waiting"]["sums"]): string {
  return sums
    .map(({ amount, currency_code }) => `${amount} ${currency_code.toUpperCase()}`)
    .join(", ")
}

/** What the event `payout.sending.delayed` carries. */
export type SendingDelay = {
  provider_id: string
  cause: "balance" | "provider" | "key"
  /** For people. */
  reason: string
  /** When the first transfer had to wait. */
  since: string | Date
}

const untilMended: Readonly<Record<SendingDelay["cause"], string>> = {
  balance: "They are sent when there is enough. Top it up, or cancel what shall not be paid",
  provider: "Put the provider back into the config, or cancel them",
  key: "Put the key back into the config, enter the account anew, or cancel them",
}

export function newsOfDelay({ provider_id, cause, reason, since }: SendingDelay): FeedItem {
  return {
    key: `payout.sending.delayed:${provider_id}:${cause}:${new Date(since).toISOString()}`,
    title: "Approved payouts wait and are not sent",
    description: `${provider_id}: ${reason}. ${untilMended[cause]}`,
  }
}
