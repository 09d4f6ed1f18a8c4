import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { refundPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { leftInMedusa, ownPaymentById } from "./payment-of-ours"

/** Has Medusa refund what a canceled order's payment still holds, through its gateway. */
export async function refundDuePayment(
  container: MedusaContainer,
  payment_id: string,
  created_by: string
): Promise<void> {
  const own = await ownPaymentById(container, payment_id)
  const left = own && leftInMedusa(own.payment)
  if (!left || !MathBN.gt(left, 0)) {
    return
  }
  const refund = { payment_id, amount: left, created_by }
  if (await isInOrdersBooks(container, payment_id)) {
    // Medusa booked it on the order when it canceled that; only the payment lacks it.
    await container.resolve(Modules.PAYMENT).refundPayment(refund)
  } else {
    await refundPaymentWorkflow(container).run({ input: refund })
  }
}

async function isInOrdersBooks(container: MedusaContainer, paymentId: string): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment",
    fields: [
      "payment_collection.order.transactions.reference",
      "payment_collection.order.transactions.reference_id",
    ],
    filters: { id: paymentId },
  })
  const transactions: ({ reference?: string | null; reference_id?: string | null } | null)[] =
    data[0]?.payment_collection?.order?.transactions ?? []
  return transactions.some(
    (transaction) => transaction?.reference === "refund" && transaction.reference_id === paymentId
  )
}
