import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { takenPayment } from "../workflows/medusa-payments"
import { finishSale } from "../workflows/till/finish-sale"
import { salesOf } from "../workflows/till/read-sale"

/** Places the order of a sale at the till whose payment was found later than its page waited. */
export default async function tillSalePaid({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const taken = await takenPayment(container, event.data.id)
  // Sales are opened with providers of this kind alone.
  const sale = taken?.context.gateway.charge?.takesShopperCode
    ? await salesOf(container).findBySession(taken.sessionId)
    : undefined
  if (sale) {
    await finishSale(container, sale.id)
  }
}

export const config: SubscriberConfig = {
  event: "payment.captured",
  context: { subscriberId: "till-sale-paid" },
}
