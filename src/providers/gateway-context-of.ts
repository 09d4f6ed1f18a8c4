import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { PostgresJournal } from "../modules/payment-journal/postgres-journal"
import { announceOn } from "../shared/announce"
import { gatewayContext, type GatewayContext } from "./base/context"
import type { LifecycleOptions } from "./base/gateway"
import { gatewayOf } from "./registry"

/**
 * What a step of the payment lifecycle needs, for whoever works outside the payment module: the routes, the
 * workflows, the jobs. Undefined for providers that are not of this package or not in the shop's config.
 */
export function gatewayContextOf(
  container: MedusaContainer,
  providerId: string
): { context: GatewayContext; options: LifecycleOptions } | undefined {
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const built = gatewayOf(config, providerId, log)
  if (!built) {
    return undefined
  }
  const eventBus = container.resolve(Modules.EVENT_BUS, { allowUnregistered: true })
  const context = gatewayContext(built, {
    journal: journalOf(container),
    log,
    announce: announceOn(eventBus, log),
  })
  return { context, options: built.options }
}

/** The journal in the store's own database. */
export function journalOf(container: MedusaContainer): PostgresJournal {
  return new PostgresJournal(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}
