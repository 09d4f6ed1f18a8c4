import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayCallRecord } from "../../gateways/shared/request"
import {
  ProviderHealth,
  type ProviderCheck,
} from "../../modules/payment-journal/repositories/provider-health"
import { checkCredentials } from "../../providers/base/check-credentials"
import { noteCall } from "../../providers/base/context"
import { configuredProviders, type ConfiguredProvider } from "../../providers/registry"
import { notFound } from "../../shared/errors"
import { oneStepWorkflow } from "../one-step"

/** How the providers fare, in the store's own database. */
export function providerHealthOf(container: MedusaContainer): ProviderHealth {
  return new ProviderHealth(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

export function noSuchProvider(id: string): Error {
  return notFound(`There is no payment provider ${id} of medusa-regional-payments in medusa-config`)
}

export type CheckProviderInput = {
  /** Medusa's id, such as `pp_mocasa_mocasa`. */
  id: string
  /** The admin who wants it. */
  actor: string
}

/**
 * Asks a provider's gateway whether it knows the shop, by a call that moves no money, and keeps the answer.
 *
 * @throws MedusaError not_found for what is none of this package's providers in the shop's config
 */
export const checkProviderWorkflow = oneStepWorkflow(
  "check-gateway-provider",
  async (container, { id, actor }: CheckProviderInput) => {
    const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
    const provider = configuredProviders(config).find((each) => each.id === id)
    if (!provider) {
      throw noSuchProvider(id)
    }
    const log = container.resolve(ContainerRegistrationKeys.LOGGER)
    const check = await askProvider(provider, log)
    await providerHealthOf(container).noteCheck(id, actor, check)
    return check
  }
)

/** Asks now, by a call that moves no money, and keeps nothing. */
export async function askProvider(
  provider: ConfiguredProvider,
  log: Parameters<typeof noteCall>[0]
): Promise<ProviderCheck> {
  let clockAheadMs: number | null = null
  const gateway = provider.build((record) => {
    noteCall(log, record, provider.id)
    clockAheadMs = clockAhead(record, new Date()) ?? clockAheadMs
  })
  const { outcome, code = null, message = null } = await checkCredentials(gateway)
  const checked_options = provider.fingerprint
  return { outcome, code, message, clock_ahead_ms: clockAheadMs, checked_options }
}

/** More is no drift; it also has to fit into the column. */
const mostAheadMs = 24 * 3_600_000

/** By the header `Date` of an answer, which has seconds. Undefined where there is none that can be read. */
export function clockAhead(
  { date }: Pick<GatewayCallRecord, "date">,
  now: Date
): number | undefined {
  const there = Date.parse(date ?? "")
  if (Number.isNaN(there)) {
    return undefined
  }
  return Math.max(-mostAheadMs, Math.min(mostAheadMs, now.getTime() - there))
}
