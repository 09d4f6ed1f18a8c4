import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { createOrderCreditLinesWorkflow } from "@medusajs/medusa/core-flows"
import { subtract, decimal } from "../../gateways/shared/money"
import { leaseKeys, withPaymentsOfOrder } from "../leases"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import type { BookRow } from "./book-row"
import { livingRows } from "./living-rows"
import { judgeOrderBooks, namedRows, type Correction } from "./order-books"
import { orderOfPayment, type OrderOfPayment } from "./order-of-payment"

/**
 * Brings the books of a payment's order up to what was moved: the lines that Medusa did not come to write, and what
 * sets those right that it wrote wrong.
 *
 * @param made its captures and refunds that surely were made, and that nobody is at work on any more
 * @returns whether a line was missing: then its server died before it came to what follows the line, or goes before it
 * @throws Error while the order is being changed: the refund could not be credited
 */
export async function agreeOrderBooks(
  container: MedusaContainer,
  own: OwnPayment,
  made: readonly BookRow[]
): Promise<boolean> {
  const order = await orderOfPayment(container, own.payment.id)
  if (!order || (await judge(container, own, order, made)).length === 0) {
    return false
  }
  const agree = async () => {
    const current = (await orderOfPayment(container, own.payment.id)) ?? order
    const corrections = await judge(container, own, current, made)
    await requireUnchanging(container, current, corrections)
    for (const correction of corrections) {
      await correct(container, own, current, correction)
    }
    return corrections.some(({ isFirst }) => isFirst)
  }
  // Whoever books the payment at this moment writes the line that is missing: one after the other.
  const payment = leaseKeys.paymentOfReference(own.order.reference)
  return await withPaymentsOfOrder(container, order.id, agree, [payment])
}

async function judge(
  container: MedusaContainer,
  { payment }: OwnPayment,
  { transactions }: OrderOfPayment,
  made: readonly BookRow[]
): Promise<Correction[]> {
  // After the lines were read: a row that is there by then was not lost.
  const living = await livingRows(container, {
    refund: namedRows(transactions, "refund"),
    capture: namedRows(transactions, "capture"),
  })
  return judgeOrderBooks({ payment_id: payment.id, made, transactions, living })
}

async function correct(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  { id: order_id, status }: OrderOfPayment,
  { kind, row, amount, isFirst }: Correction
): Promise<void> {
  const { currency_code, reference } = order
  // Whoever wrote a line about a refund was about to credit it as well.
  const isCredited = kind === "refund" && isFirst && status !== "canceled"
  const owed = isCredited ? await owedByShop(container, order_id) : undefined
  await container
    .resolve(Modules.ORDER)
    .addOrderTransactions([{ order_id, amount, currency_code, reference: kind, reference_id: row }])
  if (owed !== undefined) {
    const refunded = subtract(decimal("0"), amount)
    await creditRefund(container, { order_id, row, amount: MathBN.sub(refunded, owed) })
  }
  context.log.warn(
    `${context.gateway.title}: the books of order ${order_id} did not say what was moved for ${reference}; a line ` +
      `of ${amount} ${currency_code.toUpperCase()} about the ${kind} ${row} was added`
  )
}

/** Medusa credits nothing while an order is being edited, returned or exchanged, and a line without its credit stays so. */
async function requireUnchanging(
  container: MedusaContainer,
  { id }: OrderOfPayment,
  corrections: readonly Correction[]
): Promise<void> {
  if (!corrections.some(({ kind, isFirst }) => kind === "refund" && isFirst)) {
    return
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order_change",
    fields: ["id"],
    filters: { order_id: id, status: ["pending", "requested"] },
  })
  if (data.length > 0) {
    throw new Error(
      `order ${id} is being changed: its refund is booked once the change is confirmed`
    )
  }
}

/** What the order's shopper is to get back already, in major units; zero where it is he who owes. */
async function owedByShop(container: MedusaContainer, orderId: string) {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "summary"],
    filters: { id: orderId },
  })
  const difference = MathBN.convert(data[0]?.summary?.pending_difference ?? 0)
  return MathBN.lt(difference, 0) ? MathBN.mult(difference, -1) : MathBN.convert(0)
}

type Credit = { order_id: string; row: string; amount: ReturnType<typeof MathBN.sub> }

/** As Medusa does with each refund: what is given back beyond what was owed is not to be paid again. */
async function creditRefund(
  container: MedusaContainer,
  { order_id: id, row, amount }: Credit
): Promise<void> {
  if (MathBN.gt(amount, 0)) {
    const credit_lines = [{ amount, reference: "refund", reference_id: row }]
    await createOrderCreditLinesWorkflow(container).run({ input: { id, credit_lines } })
  }
}
