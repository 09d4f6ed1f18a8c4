import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { isPositive } from "../../gateways/shared/decimal"
import { notAllowed } from "../../providers/base/errors"
import { orderOfPayment } from "../books/order-of-payment"
import { leftInMedusa, ownPaymentById, type OwnPayment } from "./payment-of-ours"
import { stillDue } from "./still-due"

type BigNumber = ReturnType<typeof leftInMedusa>

/**
 * Has Medusa refund what a canceled order's payment still holds, through its gateway.
 *
 * @throws MedusaError not_allowed where Medusa has less left to refund than is due: it wrote a refund that no gateway
 * was told of
 */
export async function refundDuePayment(
  container: MedusaContainer,
  payment_id: string,
  created_by: string
): Promise<void> {
  const own = await ownPaymentById(container, payment_id)
  const amount = own && (await amountDue(own))
  if (!own || amount === undefined) {
    return
  }
  // Not by Medusa's workflow, which refuses to credit a canceled order after it has refunded it.
  await container.resolve(Modules.PAYMENT).refundPayment({ payment_id, amount, created_by })
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
  const rounding = MathBN.max(MathBN.sub(order.amount, order.requested_amount), 0)
  if (MathBN.lt(MathBN.add(left, rounding), due)) {
    throw notAllowed(
      `${due} ${order.currency_code.toUpperCase()} of ${order.reference} are due, and Medusa has ` +
        `${left.toFixed()} left to refund: it wrote a refund down that is not made. What a server left behind is ` +
        `taken back within half an hour: try again then`
    )
  }
  return left
}
