import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"

/** The money was taken, and by no capture that was begun here: the gateway's own people took it. */
export function isCapturedElsewhere(
  { state }: Pick<GatewayOrder, "state">,
  operations: readonly Pick<GatewayOperation, "kind" | "state">[]
): boolean {
  const isTaken = state === "paid" || state === "refunded" || state === "chargeback"
  return (
    isTaken && operations.every(({ kind, state }) => kind !== "capture" || state === "declined")
  )
}
