import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { mayHoldCharge } from "./earlier-charge"
import type { GatewayContext } from "./gateway-context"

/**
 * Notes that Medusa has no session any more for an order. Never rejects: Medusa would leave a cart half
 * changed, and what was opened stays known to the journal all the same. An order that the shop's server may
 * have charged goes on binding its cart, so that it is not charged a second time.
 */
export async function letGo(
  context: GatewayContext,
  find: () => Promise<GatewayOrder | undefined>,
  isOwnProvider: (providerId: string) => boolean
): Promise<void> {
  const { gateway, journal, log } = context
  try {
    const order = await find()
    if (order && isOwnProvider(order.provider_id) && !(await mayHoldCharge(context, order))) {
      await journal.releaseOrder(order.reference)
    }
  } catch (error) {
    log.warn(
      `${gateway.title}: could not note that a payment session is gone: ` +
        `${error instanceof Error ? error.name : "unknown error"}`
    )
  }
}
