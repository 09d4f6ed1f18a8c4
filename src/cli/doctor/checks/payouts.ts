/** The payout providers that the plugin's options list: whether they are made, and know the shop. */

import { createMedusaContainer, ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { asValue } from "@medusajs/framework/awilix"
import type { Logger } from "@medusajs/framework/types"
import {
  loadPayoutProviders,
  PAYOUT_PROVIDERS,
  PayoutProviders,
} from "../../../modules/payout/load-providers"
import type { AbstractPayoutProvider } from "../../../modules/payout/provider"
import { GatewayError } from "../../../gateways/shared/errors"
import { errorMessage } from "../../../shared/errors"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic, type Severity } from "../diagnostic"
import { pluginPlace } from "../places"
import { payoutModuleOptions } from "./keys"

/**
 * @param shop whose payout options can be used
 * @param mayAsk whether the gateways are to be asked
 */
export async function checkPayouts(
  { config, source }: Pick<Shop, "config" | "source">,
  log: Logger,
  mayAsk: boolean
): Promise<Diagnostic[]> {
  const container = createMedusaContainer()
  container.register({
    [ContainerRegistrationKeys.CONFIG_MODULE]: asValue(config),
    [ContainerRegistrationKeys.LOGGER]: asValue(log),
  })
  const { file, line, option } = pluginPlace(source, "options.payouts.providers")
  try {
    await loadPayoutProviders({ container, options: asOptions(payoutModuleOptions(config)) })
    const ids: string[] = container.resolve(PAYOUT_PROVIDERS)
    const providers = PayoutProviders.in(container.cradle, ids)
    return mayAsk
      ? await Promise.all(ids.map((id) => askPayoutProvider(id, providers.get(id))))
      : []
  } catch (error) {
    return [diagnostic("options", "fault", errorMessage(error), { place: { file, line, option } })]
  }
}

function asOptions(options: unknown): Record<string, unknown> {
  return typeof options === "object" && options !== null ? { ...options } : {}
}

/** The balance is the one call of payouts that only asks and names no transfer. */
async function askPayoutProvider(
  id: string,
  provider: AbstractPayoutProvider
): Promise<Diagnostic> {
  const { title, files } = provider
  const say = (severity: Severity, message: string) =>
    diagnostic("credentials", severity, message, { provider: id })
  if (files !== undefined) {
    return say("ok", `${title} is paid by files and has no credentials`)
  }
  if (!provider.retrieveBalance) {
    return say(
      "advice",
      `${title} has no call for payouts that only asks, so that its credentials for them were not tried`
    )
  }
  try {
    await provider.retrieveBalance()
    return say("ok", `${title} knows the shop, and told its balance`)
  } catch (error) {
    const isRefused =
      error instanceof GatewayError &&
      (error.setUpFault !== undefined || error.outcome === "declined")
    const reason = error instanceof GatewayError ? `: ${error.message}` : ""
    return isRefused
      ? say("fault", `${title} does not tell the balance to this shop${reason}`)
      : say("unknown", `${title} could not be asked for the balance${reason}`)
  }
}
