import type { MedusaContainer } from "@medusajs/framework/types"
import { systemActor } from "../../modules/payment-journal/audit-line"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import type { GatewayContext } from "../../providers/base/context"
import { whyNoRefund } from "../../providers/base/refund"
import { gatewayContextOf } from "../../providers/registry"
import { isHeldMoney } from "./held-money"
import { refundUnmatchedWorkflow } from "./refund-unmatched"

/**
 * Gives what was found back where the shop wishes for it and the gateway can. Only once: what fails, or has
 * no known outcome, waits for a person.
 */
export async function refundByItself(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder,
  found: UnmatchedPayment
): Promise<void> {
  const options = gatewayContextOf(container, found.provider_id)?.options
  // Of what was neither a cart's nor an order's, the shop's own code alone knows what it is for.
  const isKnown = found.cart_id !== null || found.order_id !== null
  const isWanted = options?.refundUnmatched === true && isKnown && isHeldMoney(found)
  if (!isWanted || whyNoRefund(context, order, found)) {
    return
  }
  const note = "The shop's option refundUnmatched"
  const { errors } = await refundUnmatchedWorkflow(container).run({
    input: { id: found.id, actor: systemActor, note },
    throwOnError: false,
  })
  if (errors.length > 0) {
    const reason = errors.map(({ error }) => error?.message ?? "unknown error").join("; ")
    context.log.warn(
      `${context.gateway.title}: unmatched payment ${found.id} was not given back by itself: ${reason}`
    )
  }
}
