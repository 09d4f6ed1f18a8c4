import { definePolicies } from "@medusajs/framework/utils"

/**
 * What roles can be given for the payments of gateways, where the shop has turned Medusa's role-based access
 * control on (feature flag `rbac`). Without the flag every admin may do everything here.
 */
export const gatewayPaymentPolicies = definePolicies([
  {
    name: "ReadGatewayPayment",
    resource: "gateway_payment",
    operation: "read",
    description:
      "See all payments of gateways and what they add up to, payment exceptions, the webhooks of gateways, and the " +
      "results of the reconciliation",
  },
  {
    name: "TakeGatewayPayment",
    resource: "gateway_payment",
    operation: "take",
    description: "Say that one is at a payment exception, so that nobody else decides about it",
  },
  {
    name: "RefundGatewayPayment",
    resource: "gateway_payment",
    operation: "refund",
    description: "Give payment exceptions back, and record refunds that were made elsewhere",
  },
  {
    name: "AttachGatewayPayment",
    resource: "gateway_payment",
    operation: "attach",
    description:
      "Have a payment exception pay for an order: whoever may, finds orders and their customers by this, too",
  },
  {
    name: "CloseGatewayPayment",
    resource: "gateway_payment",
    operation: "close",
    description: "Close payment exceptions with a note",
  },
  {
    name: "ReplayGatewayPayment",
    resource: "gateway_payment",
    operation: "replay",
    description: "Have a gateway's message worked on again that was given up",
  },
  {
    name: "ReconcileGatewayPayment",
    resource: "gateway_payment",
    operation: "reconcile",
    description: "Start a run of the reconciliation",
  },
  {
    name: "CheckGatewayPayment",
    resource: "gateway_payment",
    operation: "check",
    description:
      "Have a gateway asked now: about a payment of an order, or whether it accepts the shop's credentials",
  },
  {
    name: "TillGatewayPayment",
    resource: "gateway_payment",
    operation: "till",
    description:
      "Take payments at the till: open sales and draft orders there, scan codes, cancel what is not paid",
  },
  {
    name: "LinkGatewayPayment",
    resource: "gateway_payment",
    operation: "link",
    description: "Make a link by which the customer of an order can pay what is due",
  },
  {
    name: "ExportCustomerGatewayPayment",
    resource: "gateway_payment",
    operation: "export_customer",
    description: "Export all that is kept of one customer's payments and payouts",
  },
  {
    name: "EraseCustomerGatewayPayment",
    resource: "gateway_payment",
    operation: "erase_customer",
    description:
      "Erase what is kept of one customer's payments and payouts and is not part of the shop's books",
  },
])
