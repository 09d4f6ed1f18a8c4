import { answersRefusals } from "../../../../answers-refusals"
import { checkOrderPaymentWorkflow } from "../../../../../../workflows"
import { describeOrderPayments } from "../../../../../../workflows/order-payments/describe-order-payments"
import type { AdminCheckOrderPaymentType } from "../../validators"

/** Asks the gateway now about a payment of the order. */
export const POST = answersRefusals<AdminCheckOrderPaymentType>(async (req, res) => {
  const order_id = String(req.params.id)
  const { result: check } = await checkOrderPaymentWorkflow(req.scope).run({
    input: { ...req.validatedBody, order_id, actor: req.auth_context.actor_id },
  })
  res.json({ check, order_payments: await describeOrderPayments(req.scope, order_id) })
})
