import { GatewayError } from "../../gateways/shared/errors"
import { notAllowed } from "../../shared/medusa-error"
import type { PayoutContext } from "./payout-context"
import type { PayoutBalance } from "./payout-provider"

/** What can be sent now; see `PayoutModuleService.retrieveBalance`. */
export async function retrieveBalance(
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
    const said = error instanceof GatewayError ? `: ${error.message}` : ""
    log.warn(`The balance of ${providerId} could not be asked${said}`)
    throw notAllowed(`${provider.title} could not be asked for the balance${said}. Try again later`)
  }
}
