import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../../admin-route"
import * as answers from "./answers"
import * as validators from "./validators"

const path = "/admin/gateway-payments/orders/:id"

function allowed(operation: "read" | "check" | "link"): AdminRoute["policies"] {
  return [{ resource: "gateway_payment", operation }]
}

const order_payments = answers.OrderGatewayPayments

export const orderPaymentRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path,
    policies: allowed("read"),
    summary: "Get an Order's Gateway Payments",
    description:
      "What is due on an order or a draft order, its payments at gateways, what each gateway can do with them right " +
      "now and why not, and what happened to them. No gateway is asked.",
    answer: z.object({ order_payments }),
    errors: [404],
  },
  {
    method: "POST",
    path: `${path}/check`,
    policies: allowed("check"),
    summary: "Check a Payment with its Gateway",
    description:
      "Asks the gateway now about a payment of the order, and has Medusa book what was paid. About one payment a " +
      "gateway is asked once in two seconds.",
    body: validators.AdminCheckOrderPayment,
    answer: z.object({ check: answers.PaymentCheck, order_payments }),
    errors: [404],
  },
  {
    method: "POST",
    path: `${path}/payment-links`,
    policies: allowed("link"),
    summary: "Create a Payment Link",
    description:
      "Opens a payment for what is due on the order, as a link that its customer can be sent. It takes the place of " +
      "an earlier one that was not paid.",
    body: validators.AdminCreatePaymentLink,
    answer: z.object({ payment_link: answers.OrderPaymentLink, order_payments }),
    errors: [404],
  },
]
