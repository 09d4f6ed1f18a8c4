import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import { decimal, type DecimalString, isPositive, subtract } from "../../gateways/shared/money"
import { systemActor } from "../../shared/audit-line"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sumOfDone, takenAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { notAllowed } from "../../providers/base/errors"
import { leftInMedusa, type OwnPayment } from "../medusa-payments"
import { orderOfPayment } from "../medusa-reads"
import { listException, announceException, exceptionsOf } from "./announce-exception"
import { refundPayment, addOrderTransaction } from "../medusa-writes"

/**
 * Lists what was taken for a canceled order and not given back, and settles it when it was. The journal
 * decides: Medusa books the refunds of an order that it cancels even where the gateway refuses them.
 */
export async function listRefundDue(
  container: MedusaContainer,
  { payment, order, context }: OwnPayment
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  const current = (await context.journal.findOrder(order.reference)) ?? order
  if (!isTaken(context, payment, current) || shopOrder?.status !== "canceled") {
    return
  }
  const exceptions = exceptionsOf(container)
  const { taken, due } = await stillDue(context, order)
  if (!isPositive(due) || current.state === "refunded" || current.state === "chargeback") {
    const settled = { actor: systemActor, action: "refunded", note: "The money was given back" }
    for (const { id, kind } of await exceptions.openOf(order.reference)) {
      if (kind === "refund_due") {
        await exceptions.settle(id, { state: "refunded" }, settled)
      }
    }
    return
  }
  const { payment: found, isNew } = await listException(container, order, {
    kind: "refund_due",
    amount: due,
    received_amount: taken,
    expected_amount: "0",
    order_id: shopOrder.id,
    payment_id: payment.id,
  })
  if (isNew) {
    await announceException(container, context, found)
  }
}

/** By Medusa's ledger; or, where a reservation comes first, by the gateway's own people after the order was canceled. */
function isTaken(
  { gateway }: OwnPayment["context"],
  { captures }: OwnPayment["payment"],
  { state }: GatewayOrder
): boolean {
  const isByMedusa = (captures ?? []).length > 0
  return isByMedusa || (gateway.capabilities.capture !== "automatic" && state === "paid")
}

/** What was taken for a payment and what of it was surely not given back yet, in major units, by the journal. */
async function stillDue(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<{ taken: string; due: DecimalString }> {
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  return { taken, due: subtract(decimal(taken), sumOfDone(operations, "refund")) }
}

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
  await refundPayment(container, { payment_id: own.payment.id, amount, created_by })
  await bookOnOrder(container, own, amount)
}

/** Undefined where it was given back meanwhile. */
async function amountDue({ payment, order, context }: OwnPayment): Promise<BigNumber | undefined> {
  const { due } = await stillDue(context, order)
  if (!isPositive(due)) {
    return undefined
  }
  const left = leftInMedusa(payment)
  // Medusa's amounts can have more decimals than the gateway's.
  const rounding = MathBN.abs(MathBN.sub(order.amount, order.requested_amount))
  if (MathBN.lt(MathBN.add(left, rounding), due)) {
    throw notAllowed(
      `${due} ${order.currency_code.toUpperCase()} of ${order.reference} are due, and Medusa has ` +
        `${left.toFixed()} left to refund: its ledger says more than was moved, or less. It is brought to agree ` +
        `within half an hour: try again then, or repeat first what the list says they lack`
    )
  }
  return MathBN.gt(left, MathBN.add(due, rounding)) ? MathBN.convert(due) : left
}

/** As Medusa books what it gives back of an order that it cancels: mostly it did, though nothing was given back. */
async function bookOnOrder(
  container: MedusaContainer,
  { payment, order }: OwnPayment,
  amount: BigNumber
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  const isInLedger = shopOrder?.transactions.some(
    ({ reference, reference_id }) => reference === "refund" && reference_id === payment.id
  )
  if (shopOrder && !isInLedger) {
    await addOrderTransaction(container, {
      order_id: shopOrder.id,
      amount: MathBN.mult(amount, -1),
      currency_code: order.currency_code,
      reference: "refund",
      reference_id: payment.id,
    })
  }
}
