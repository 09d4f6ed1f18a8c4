import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import type { PaymentRow } from "../unmatched/payment-of-ours"
import type { BookRow } from "./book-row"

/**
 * Has Medusa count up what was captured and refunded of a payment's collection, and say that the payment was
 * captured, where its server died before it came to that. Nothing is sent: of a payment that it has as captured
 * Medusa calls no provider. A part that was captured leaves Medusa's payment as it is.
 */
export async function recountPayment(
  container: MedusaContainer,
  payment: PaymentRow,
  made: readonly BookRow[]
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  const captured = made
    .filter(({ kind }) => kind === "capture")
    .reduce((sum, { amount }) => MathBN.add(sum, amount), MathBN.convert(0))
  if (MathBN.lt(captured, payment.raw_amount ?? payment.amount)) {
    return
  }
  if (!payment.captured_at) {
    const taken = { id: payment.id, captured_at: new Date() }
    await payments.updatePayment(taken)
  }
  await payments.capturePayment({ payment_id: payment.id })
}
