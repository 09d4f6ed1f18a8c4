import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { settleOrderWorkflow } from "../../workflows"
import { paymentForOtherTotal } from "../../workflows/payments/cart-total"

/**
 * Stands before `POST /store/carts/:id/complete`. Core makes the order of whatever was paid, so a cart whose total
 * another module changed after its payment was opened is answered by 409. The gateway is asked first: what was paid
 * is listed for a person.
 */
export async function cartTotalGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const found = await paymentForOtherTotal(req.scope, String(req.params.id))
  if (!found) {
    return next()
  }
  const { order, total } = found
  await settleOrderWorkflow(req.scope).run({
    input: { provider_id: order.provider_id, reference: order.reference },
    throwOnError: false,
  })
  res.status(409).json({
    type: "not_allowed",
    code: "cart_total_changed",
    message:
      `No order was placed: the cart costs ${total.amount} ${total.currency_code.toUpperCase()} by now, and its payment ` +
      `was opened for ${order.amount} ${order.currency_code.toUpperCase()}. Choose the payment method again. If you have ` +
      `paid already, the shop was told (reference ${order.reference})`,
  })
}
