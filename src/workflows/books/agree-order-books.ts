import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { createOrderCreditLinesWorkflow } from "@medusajs/medusa/core-flows"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import type { BookRow } from "./book-row"
import { orderOfPayment } from "./order-of-payment"
import { judgeOrderBooks, namedRows, type OrderTransaction } from "./order-books"

/**
 * Brings the books of a payment's order up to what was moved: the lines that Medusa did not come to write, and
 * those of refunds and captures that it has no more.
 *
 * @param made its captures and refunds that surely were made, and that nobody is at work on any more
 * @returns how many lines were wrong
 */
export async function agreeOrderBooks(
  container: MedusaContainer,
  { payment, order, context }: OwnPayment,
  made: readonly BookRow[]
): Promise<number> {
  const found = await orderOfPayment(container, payment.id)
  if (!found) {
    return 0
  }
  const { transactions } = found
  const living = await livingRows(container, transactions)
  const { add, remove } = judgeOrderBooks({ payment_id: payment.id, made, transactions, living })
  if (add.length + remove.length === 0) {
    return 0
  }
  const orders = container.resolve(Modules.ORDER)
  if (remove.length > 0) {
    await orders.deleteOrderTransactions(remove)
  }
  for (const { row, amount } of add) {
    const isCredited = row.kind === "refund" && found.status !== "canceled"
    const owed = isCredited ? await owedByShop(container, found.id) : undefined
    await orders.addOrderTransactions([
      {
        order_id: found.id,
        amount,
        currency_code: order.currency_code,
        reference: row.kind,
        reference_id: row.id,
      },
    ])
    if (owed !== undefined) {
      await creditRefund(container, found.id, MathBN.sub(row.amount, owed))
    }
  }
  context.log.warn(
    `${context.gateway.title}: the books of order ${found.id} did not say what was moved for ` +
      `${order.reference}. Lines that were added: ${add.length}, removed: ${remove.length}`
  )
  return add.length + remove.length
}

/** Looked up after the lines were read: a row that is there by then was not lost. */
async function livingRows(
  container: MedusaContainer,
  transactions: readonly OrderTransaction[]
): Promise<Set<string>> {
  const payment = container.resolve(Modules.PAYMENT)
  const refunds = namedRows(transactions, "refund")
  const captures = namedRows(transactions, "capture")
  const living = [
    ...(refunds.length > 0 ? await payment.listRefunds({ id: refunds }) : []),
    ...(captures.length > 0 ? await payment.listCaptures({ id: captures }) : []),
  ]
  return new Set(living.map(({ id }) => id))
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

/** As Medusa does with each refund: what is given back beyond what was owed is not to be paid again. */
async function creditRefund(
  container: MedusaContainer,
  id: string,
  amount: ReturnType<typeof MathBN.sub>
): Promise<void> {
  if (MathBN.gt(amount, 0)) {
    const credit_lines = [{ amount, reference: "refund", reference_id: id }]
    await createOrderCreditLinesWorkflow(container).run({ input: { id, credit_lines } })
  }
}
