import type { PayoutContext } from "../payout-context"
import type { PayoutReport } from "../payout-provider"
import { versionOf } from "../store/beneficiaries"
import type { Transfer } from "../transfer"
import { orderOf } from "./order-of"
import { withinTime } from "./within-time"

/**
 * What the gateway says about a transfer; moves nothing, and writes nothing.
 *
 * @throws MedusaError not_found where its provider is not configured
 * @throws MissingKeyError, BrokenSealError where its account can't be read
 */
export async function askGateway(
  { database, providers, keys, log }: PayoutContext,
  transfer: Transfer
): Promise<PayoutReport> {
  const provider = providers.get(transfer.provider_id)
  const version = await versionOf(database, transfer.beneficiary_version_id)
  const order = { ...orderOf(keys, transfer, version), gatewayId: transfer.gateway_id }
  return await withinTime(
    () => provider.retrieveTransfer(order),
    provider.capabilities.leaseMs,
    (reason): PayoutReport => {
      log.warn(
        `Payout ${transfer.reference}: ${transfer.provider_id} could not be asked (${reason})`
      )
      return { outcome: "unknown" }
    }
  )
}
