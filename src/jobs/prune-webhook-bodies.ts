import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { gatewayContextOf } from "../providers/gateway-context-of"
import { configuredProviderIds } from "../providers/registry"
import { inboxOf } from "../workflows/webhook/process-webhook-event"

const dayMs = 24 * 60 * 60_000

/** Forgets what gateways wrote after the time that the shop keeps it; that they wrote, and when, stays. */
export default async function pruneWebhookBodies(container: MedusaContainer): Promise<void> {
  const inbox = inboxOf(container)
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  for (const providerId of configuredProviderIds(config)) {
    const days = gatewayContextOf(container, providerId)?.options.webhookRetentionDays
    if (days === undefined) {
      continue
    }
    const pruned = await inbox.pruneBodies(providerId, new Date(Date.now() - days * dayMs))
    if (pruned > 0) {
      log.info(`${providerId}: ${pruned} webhooks of more than ${days} days ago lost their bodies`)
    }
  }
}

export const config = {
  name: "prune-gateway-webhook-bodies",
  schedule: "17 3 * * *",
}
