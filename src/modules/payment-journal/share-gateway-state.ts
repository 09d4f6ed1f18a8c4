import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { sharedBreakers } from "../../gateways/shared/circuit-breaker"
import { sharedTokens } from "../../gateways/shared/token-store"
import { SharedAccessTokens } from "./repositories/access-tokens"
import { HostPauses } from "./repositories/host-pauses"

/** A module's loader: what this server learns of a gateway, and its access token, are the other servers' too. */
export async function shareGatewayState({ container }: LoaderOptions): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  sharedTokens.keepIn(new SharedAccessTokens(database))
  sharedBreakers.shareOn(new HostPauses(database))
}
