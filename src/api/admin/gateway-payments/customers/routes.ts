import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../../admin-route"
import { CustomerData, CustomerErasure } from "./answers"

const base = "/admin/gateway-payments/customers/:id"

export const customerDataRoutes: readonly AdminRoute[] = [
  {
    method: "POST",
    path: `${base}/export`,
    policies: [{ resource: "gateway_payment", operation: "export_customer" }],
    summary: "Export a Customer's Data",
    description:
      "All that this plugin keeps of one customer, and that gateways keep for it: payments, saved payment methods, and " +
      "what they were paid. Accounts by their last places. Each call leaves an audit line.",
    answer: z.object({ customer_data: CustomerData }),
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/erase`,
    policies: [{ resource: "gateway_payment", operation: "erase_customer" }],
    summary: "Erase a Customer's Data",
    description:
      "Erases what this plugin keeps of one customer and the law does not have the shop keep, and has gateways forget " +
      "what they saved. What is left is answered with its reason; called again it does what is left. It can't be taken " +
      "back.",
    answer: z.object({ erasure: CustomerErasure }),
    errors: [404],
  },
]
