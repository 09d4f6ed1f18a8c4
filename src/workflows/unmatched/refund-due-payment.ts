import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { isPositive } from "../../gateways/shared/money"
import { notAllowed } from "../../providers/base/errors"
import { orderOfPayment } from "../books/order-of-payment"
import { leftInMedusa, type OwnPayment } from "./payment-of-ours"
import { stillDue } from "./still-due"

type BigNumber = ReturnType<typeof leftInMedusa>

/**
 * Has Medusa refund what a canceled order's payment still holds, through its gateway.
 *
 * @throws MedusaError not_allowed where Medusa has less left to refund than is due
 */
export async function refundDuePayment(
  container: MedusaContainer,
  own: OwnPayment,
  created_by: string
): Promise<void> {
  const amount = await amountDue(own)
  if (amount === undefined) {
    return
  }
  // Not by Medusa's workflow, which refuses to credit a canceled order after it has refunded it.
  const refund = { payment_id: own.payment.id, amount, created_by }
  await container.resolve(Modules.PAYMENT).refundPayment(refund)
  await bookOnOrder(container, own, amount)
}

/** As Medusa books what it gives back of an order that it cancels: mostly it did, though nothing was given back. */
async function bookOnOrder(
  container: MedusaContainer,
  { payment, order }: OwnPayment,
  amount: BigNumber
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  const isInBooks = shopOrder?.transactions.some(
    ({ reference, reference_id }) => reference === "refund" && reference_id === payment.id
  )
  if (shopOrder && !isInBooks) {
    await container.resolve(Modules.ORDER).addOrderTransactions([
      {
        order_id: shopOrder.id,
        amount: MathBN.mult(amount, -1),
        currency_code: order.currency_code,
        reference: "refund",
        reference_id: payment.id,
      },
    ])
  }
}

/** Undefined where it was given back meanwhile. */
async function amountDue({ payment, order, context }: OwnPayment): Promise<BigNumber | undefined> {
  const { due } = await stillDue(context, order)
  if (!isPositive(due)) {
    return undefined
  }
  const left = leftInMedusa(payment)
  // Medusa's amounts can have more places than the gateway's.
  const rounding = MathBN.abs(MathBN.sub(order.amount, order.requested_amount))
  if (MathBN.lt(MathBN.add(left, rounding), due)) {
    throw notAllowed(
      `${due} ${order.currency_code.toUpperCase()} of ${order.reference} are due, and Medusa has ` +
        `${left.toFixed()} left to refund: its books say more than was moved, or less. They are brought to agree ` +
        `within half an hour: try again then, or repeat first what the list says they lack`
    )
  }
  return MathBN.gt(left, MathBN.add(due, rounding)) ? MathBN.convert(due) : left
}
