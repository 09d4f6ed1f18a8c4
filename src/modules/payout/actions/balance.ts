import { GatewayError } from "../../../gateways/shared/errors"
import { notAllowed } from "../../../shared/errors"
import type { PayoutContext } from "../context"
import type { PayoutBalance } from "../provider"

/** What can be sent now; see `PayoutModuleService.retrieveBalance`. */
export async function balanceOf(
  { providers, log }: PayoutContext,
  providerId: string
): Promise<PayoutBalance[]> {
  const provider = providers.get(providerId)
  if (!provider.retrieveBalance) {
    throw notAllowed(`${provider.title} does not tell the balance. Look for it in its dashboard`)
  }
  try {
    return await provider.retrieveBalance()
  } catch (error) {
    // Only of our own errors is it known that nothing secret stands in them.
    const detail = error instanceof GatewayError ? `: ${error.message}` : ""
    log.warn(`The balance of ${providerId} could not be asked${detail}`)
    throw notAllowed(
      `${provider.title} could not be asked for the balance${detail}. Try again later`
    )
  }
}
