import { answersRefusals } from "../../../../answers-refusals"
import { createPaymentLinkWorkflow } from "../../../../../../workflows"
import { describeOrderPayments } from "../../../../../../workflows/order-payments/describe-order-payments"
import type { AdminCreatePaymentLinkType } from "../../validators"

/** A link by which the order's customer can pay what is due. */
export const POST = answersRefusals<AdminCreatePaymentLinkType>(async (req, res) => {
  const order_id = String(req.params.id)
  const { result } = await createPaymentLinkWorkflow(req.scope).run({
    input: { ...req.validatedBody, order_id, actor: req.auth_context.actor_id },
  })
  const order_payments = await describeOrderPayments(req.scope, order_id)
  const { url, session_id, reference } = result
  const opened = order_payments.payments.find((payment) => payment.reference === reference)
  const amount = opened?.ordered ?? String(result.amount)
  res.json({ payment_link: { url, session_id, reference, amount }, order_payments })
})
