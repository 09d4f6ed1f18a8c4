import {
  unsettledStates,
  type OperationOutcome,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import type { Verdict } from "./judge-report"

/** What the state of an order says about the charge that was to pay it; nothing while it is pending. */
const outcomes: Readonly<Partial<Record<Verdict["type"], OperationOutcome["state"]>>> = {
  authorized: "done",
  paid: "done",
  refunded: "done",
  chargeback: "done",
  failed: "declined",
  expired: "declined",
  canceled: "declined",
}

/** A charge whose answer never came is settled by what the gateway says of the order. */
export async function settleCharge(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  verdict: Verdict
): Promise<void> {
  const state = outcomes[verdict.type]
  if (!gateway.charge || !state) {
    return
  }
  const charges = await journal.operationsOfOrder(order.reference, "charge")
  for (const charge of charges) {
    if (unsettledStates.includes(charge.state)) {
      await journal.settleOperation(charge.reference, { state })
    }
  }
}
