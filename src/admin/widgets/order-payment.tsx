import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminOrder, DetailWidgetProps } from "@medusajs/framework/types"
import { OrderPaymentSection } from "../components/order/order-payment-section"

/** What the gateways of an order know of its payments, on its page and on a draft order's. */
export default function OrderPaymentWidget({ data: order }: DetailWidgetProps<AdminOrder>) {
  return <OrderPaymentSection key={order.id} orderId={order.id} />
}

export const config = defineWidgetConfig({
  zone: ["order.details.side.before", "draft_order.details.side.before"],
})
