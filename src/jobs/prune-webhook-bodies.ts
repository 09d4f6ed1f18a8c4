import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { PayoutModuleService } from "../modules/payout/service"
import { defaultUnprovenRetentionDays } from "../providers/base/options"
import { gatewayContextOf, configuredProviderIds } from "../providers/registry"
import { payoutsIfAny } from "../workflows/payouts/payout-workflow"
import { inboxOf } from "../workflows/webhooks/process-webhook"

const dayMs = 24 * 60 * 60_000

/**
 * Deletes the bodies of webhooks after the retention time of the shop; the rows stay. What nobody
 * proved to have sent is deleted, of providers that are gone as well.
 */
export default async function pruneWebhookBodies(container: MedusaContainer): Promise<void> {
  const inbox = inboxOf(container)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const retentions = retentionsOf(container)
  for (const { providerId, days, unprovenDays } of retentions) {
    const pruned = await inbox.pruneBodies(providerId, daysAgo(days))
    if (pruned > 0) {
      log.info(`${providerId}: ${pruned} webhooks of more than ${days} days ago lost their bodies`)
    }
    const deleted = await inbox.deleteUnproven({ providerId }, daysAgo(unprovenDays))
    if (deleted > 0) {
      log.info(
        `${providerId}: ${deleted} webhooks that nobody proved to have sent were deleted after ${unprovenDays} days`
      )
    }
  }
  const otherThan = retentions.map(({ providerId }) => providerId)
  await inbox.deleteUnproven({ otherThan }, daysAgo(defaultUnprovenRetentionDays))
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * dayMs)
}

type Retention = { providerId: string; days: number; unprovenDays: number }

function retentionsOf(container: MedusaContainer): Retention[] {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const ofPayments = configuredProviderIds(config).flatMap((providerId) => {
    const { webhookRetentionDays: days, unprovenWebhookRetentionDays: unprovenDays } =
      gatewayContextOf(container, providerId)?.options ?? {}
    return days === undefined || unprovenDays === undefined
      ? []
      : [{ providerId, days, unprovenDays }]
  })
  return [...ofPayments, ...payoutRetentions(payoutsIfAny(container))]
}

function payoutRetentions(payouts: PayoutModuleService | undefined): Retention[] {
  return payouts
    ? payouts.listProviders().map(({ id }) => ({
        providerId: id,
        days: payouts.webhookRetentionDays,
        unprovenDays: defaultUnprovenRetentionDays,
      }))
    : []
}

export const config = {
  name: "prune-gateway-webhook-bodies",
  schedule: "17 3 * * *",
}
