import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./gateway-context"

/**
 * Notes that Medusa has no session any more for an order. Never rejects: Medusa would leave a cart half
 * changed, and what was opened stays known to the journal all the same.
 */
export async function letGo(
  { gateway, journal, log }: GatewayContext,
  find: () => Promise<GatewayOrder | undefined>,
  isOwnProvider: (providerId: string) => boolean
): Promise<void> {
  try {
    const order = await find()
    if (order && isOwnProvider(order.provider_id)) {
      await journal.releaseOrder(order.reference)
    }
  } catch (error) {
    log.warn(
      `${gateway.title}: could not note that a payment session is gone: ` +
        `${error instanceof Error ? error.name : "unknown error"}`
    )
  }
}
