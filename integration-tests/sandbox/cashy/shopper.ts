import { isWhole, parseAmount } from "./amount"
import type { CashyContext } from "./context"
import type { CashyOrder } from "./order"

type Shopping = Pick<CashyContext, "orders" | "notifier" | "settings">

/** What a shopper does with an order, by the page's buttons or on a test's word; Cashy tells the merchant. */
export function decide(
  { orders, notifier }: Shopping,
  choice: "pay" | "decline",
  number: string
): CashyOrder {
  const { order, changed } = orders[choice](number)
  if (changed) notifier.orderChanged(order)
  return order
}

/** Pays another amount than was ordered, or once more, whatever became of the order. @returns the PATCH order */
export function payPart(
  { orders, notifier, settings }: Shopping,
  number: string,
  text: string
): CashyOrder {
  const { patchNumbering, wholeAmounts } = settings()
  const amount = requireAmount(text)
  if (wholeAmounts && !isWhole(amount)) throw new Error(`${text} has places, and amounts are whole`)
  const patch = orders.patch(number, amount, patchNumbering)
  notifier.orderChanged(patch)
  return patch
}

/** A transfer to a pay code: it pays the order where it can and is a supplementary payment where it can't. */
export function transfer(context: Shopping, payCode: string, amount: string): CashyOrder {
  const order = context.orders.byPayCode(payCode)
  if (order === undefined) throw new Error(`No order waits for transfers to ${payCode}`)
  const isWhatWasOrdered = order.amount === requireAmount(amount) && context.orders.isOpen(order)
  return isWhatWasOrdered
    ? decide(context, "pay", order.orderNo)
    : payPart(context, order.orderNo, amount)
}

export function requireAmount(text: string): string {
  const amount = parseAmount(text)
  if (amount === undefined) {
    throw new Error(`"${text}" is no amount: a positive decimal with at most two places, as 100.00`)
  }
  return amount
}
