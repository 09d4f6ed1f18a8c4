import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { sharedTokens } from "../../gateways/shared/access-token"
import { sharedBreakers } from "../../gateways/shared/circuit-breaker"
import { observeGauges } from "../../shared/telemetry"
import { openWorkGauges, openWorkNumbers, readOpenWork } from "./repositories/open-work"
import { HostPauses, SharedAccessTokens } from "./repositories/shared-gateway-state"

/** A module's loader: whoever collects metrics gets what is open in the journal. Every server tells the same. */
export async function observeOpenWork({ container }: LoaderOptions): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  observeGauges(openWorkGauges, async () => openWorkNumbers(await readOpenWork(database)))
}

/** A module's loader: what this server learns of a gateway, and its access token, are the other servers' too. */
export async function shareGatewayState({ container }: LoaderOptions): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  sharedTokens.keepIn(new SharedAccessTokens(database))
  sharedBreakers.shareOn(new HostPauses(database))
}
