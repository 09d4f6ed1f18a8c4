type Operation = "read" | "refund" | "attach" | "close" | "replay" | "reconcile"

/** For a route's `policies`; see src/policies/gateway-payment.ts for what each means. Checked only with Medusa's flag `rbac`. */
export function mayWithPayments(operation: Operation) {
  return [{ resource: "gateway_payment", operation }]
}
