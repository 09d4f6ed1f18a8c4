import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Payouts } from "../modules/payout/payouts"
import { gatewayContextOf } from "../providers/gateway-context-of"
import { configuredProviderIds } from "../providers/registry"
import { payoutsIfAny } from "../workflows/payout/payouts-of"
import { inboxOf } from "../workflows/webhook/process-webhook-event"

const dayMs = 24 * 60 * 60_000

/** Forgets what gateways wrote after the time that the shop keeps it; that they wrote, and when, stays. */
export default async function pruneWebhookBodies(container: MedusaContainer): Promise<void> {
  const inbox = inboxOf(container)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  for (const { providerId, days } of keptFor(container)) {
    const pruned = await inbox.pruneBodies(providerId, new Date(Date.now() - days * dayMs))
    if (pruned > 0) {
      log.info(`${providerId}: ${pruned} webhooks of more than ${days} days ago lost their bodies`)
    }
  }
}

function keptFor(container: MedusaContainer): { providerId: string; days: number }[] {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const ofPayments = configuredProviderIds(config).flatMap((providerId) => {
    const days = gatewayContextOf(container, providerId)?.options.webhookRetentionDays
    return days === undefined ? [] : [{ providerId, days }]
  })
  return [...ofPayments, ...payoutsKeptFor(payoutsIfAny(container))]
}

function payoutsKeptFor(payouts: Payouts | undefined): { providerId: string; days: number }[] {
  return payouts
    ? payouts
        .listProviders()
        .map(({ id }) => ({ providerId: id, days: payouts.webhookRetentionDays }))
    : []
}

export const config = {
  name: "prune-gateway-webhook-bodies",
  schedule: "17 3 * * *",
}
