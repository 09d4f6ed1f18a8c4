import { definePolicies } from "@medusajs/framework/utils"

/**
 * What Medusa 2.21 asks for on its own routes to capture and to refund a payment, and does not define: without this
 * no role can be given it, and the dashboard is told that nobody has it, not even who may do everything.
 */
export const medusaPaymentPolicies = definePolicies([
  {
    name: "CreateCapture",
    resource: "capture",
    operation: "create",
    description: "Capture a payment on its order",
  },
  {
    name: "CreateRefund",
    resource: "refund",
    operation: "create",
    description: "Refund a payment on its order",
  },
])
