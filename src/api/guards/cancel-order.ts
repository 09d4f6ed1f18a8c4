import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { notAllowed } from "../../providers/base/errors"
import { refundBlocker } from "../../providers/base/refund"
import { leftInMedusa, ownPaymentsOfOrder } from "../../workflows/medusa-payments"

/**
 * Stands before `POST /admin/orders/:id/cancel`. Medusa books the refunds of an order that it cancels even
 * where the gateway refuses them, so an order whose money can't be given back now is not canceled. The
 * gateway is asked nothing: what it can do and what it said before decide.
 */
export async function cancelOrderGuard(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const existing = async (id: string[]) => {
    const refunds = await req.scope.resolve(Modules.PAYMENT).listRefunds({ id })
    return refunds.map((refund) => refund.id)
  }
  for (const { payment, order, context } of await ownPaymentsOfOrder(
    req.scope,
    String(req.params.id)
  )) {
    const left = leftInMedusa(payment)
    if (!MathBN.gt(left, 0)) {
      continue
    }
    const reason = await refundBlocker(context, { order, amount: left, existing })
    if (reason) {
      throw notAllowed(
        `The order was not canceled: ${left.toFixed()} ${order.currency_code.toUpperCase()} of payment ` +
          `${payment.id} (our reference ${order.reference}) can't be given back now. ${reason}`
      )
    }
  }
  return next()
}
