import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

/** Something that waits for a person. Nothing secret, nothing personal. */
export type FeedItem = {
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
export async function tellAdmins(
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
    const reason = error instanceof Error ? error.message : "unknown error"
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
