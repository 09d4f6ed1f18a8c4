import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { tellAdmins } from "../feed/tell-admins"
import { medusaStanding } from "../unmatched/medusa-standing"
import { dayMs } from "./next-check"

/** Tells the admins, by a line in the log and once in the dashboard, of money that nobody has captured. */
export async function tellOfReservation(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<void> {
  const { gateway, log } = context
  const { reference, amount, currency_code, created_at } = order
  const { order_id } = await medusaStanding(container, context, order)
  const days = Math.floor((Date.now() - created_at.getTime()) / dayMs)
  const what =
    `${gateway.title}: ${amount} ${currency_code.toUpperCase()} of ${reference} ` +
    `(${order_id ? `order ${order_id}` : "no order stands for it"}) have been reserved for ${days} days and ` +
    `were not captured. The shopper's bank lets go of them soon: capture the payment, or cancel it`
  log.warn(what)
  await tellAdmins(container, {
    key: `reservation:${reference}`,
    title: "A reservation is about to lapse",
    description: what,
  })
}
