import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { sessionOf } from "../providers/base/order-details"
import { ownPaymentById } from "../workflows/medusa-reads"
import { finishSale } from "../workflows/till/finish-sale"
import { salesOf } from "../workflows/till/read-sale"

/** Places the order of a sale at the till whose payment was found later than its page waited. */
export default async function tillSalePaid({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const own = await ownPaymentById(container, event.data.id)
  const sale = own && (await salesOf(container).findBySession(sessionOf(own.order)))
  if (sale) {
    await finishSale(container, sale.id)
  }
}

export const config: SubscriberConfig = {
  event: "payment.captured",
  context: { subscriberId: "till-sale-paid" },
}
