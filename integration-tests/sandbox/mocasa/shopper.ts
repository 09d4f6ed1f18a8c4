import type { MocasaContext } from "./context"
import type { MocasaOrder } from "./orders"

/** What a shopper does with an order, by the page's buttons or on a test's word; Mocasa tells the merchant. */
export function decide(
  { orders, notifier }: Pick<MocasaContext, "orders" | "notifier">,
  choice: "pay" | "decline",
  orderNo: string
): MocasaOrder {
  const { order, changed } = orders[choice](orderNo)
  if (changed) notifier.orderChanged(order)
  return order
}
