import { compare, decimal, equal, isZero } from "../../gateways/shared/money"
import {
  unsettledStates,
  type GatewayOperation,
} from "../../modules/payment-journal/gateway-operation"
import type { LivingRows } from "../../modules/payment-journal/journal"
import type { GatewayContext } from "./context"
import type { RefundWish } from "./refund-wish"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"

const advice =
  "Refund the payment first, or record how its money was given back (refunded elsewhere)"

/**
 * Why a refund in Medusa would not succeed now, as far as it can be known without asking the gateway;
 * undefined where it should. A refund that the gateway refused last is taken for refused: it is to be made
 * for itself, where its refusal can be seen.
 */
export async function refundBlocker(
  { gateway, journal }: GatewayContext,
  { order, amount, living }: Omit<RefundWish, "refundId">
): Promise<string | undefined> {
  const operations = await journal.operationsOfOrder(order.reference)
  const refunds = operations.filter(({ kind }) => kind === "refund")
  const taken = takenAmount(gateway, order, operations)
  const done = possibleSums(operations, "refund")
  const wanted = wantedAmount(gateway, order, amount, { whole: taken, done })
  const recorded = refunds.filter(({ amount: of }) => equal(decimal(of), decimal(wanted)))
  if (await isToBeTakenUp(recorded, living)) {
    return undefined
  }
  const refunded = sumOfDone(operations, "refund")
  const unsettled = operations.find(({ state }) => unsettledStates.includes(state))
  const last = refunds.at(-1)
  const { refunds: can } = gateway.capabilities
  if (can === "none") {
    return `${gateway.title} has no refunds. ${advice}`
  }
  if (order.state !== "paid") {
    return `The payment is ${order.state} at ${gateway.title}. ${advice}`
  }
  if (unsettled) {
    return (
      `The outcome of an earlier ${unsettled.kind} of ${unsettled.amount} (our reference ` +
      `${unsettled.reference}) is not known${words(unsettled)}. ${advice}`
    )
  }
  if (last?.state === "declined") {
    return `${gateway.title} refused the last refund${words(last)}. ${advice}`
  }
  if (can === "full" && !equal(decimal(wanted), decimal(taken))) {
    return `${gateway.title} can only refund a payment as a whole, which is ${taken}. ${advice}`
  }
  if (
    can === "once" &&
    refunds.some(({ state, made_elsewhere }) => state === "done" && !made_elsewhere)
  ) {
    return `${gateway.title} refunds a payment only once, and did. ${advice}`
  }
  return isZero(refunded) || compare(refunded, decimal(taken)) < 0
    ? undefined
    : `All of the payment was refunded at ${gateway.title} before. ${advice}`
}

/** Recorded as made elsewhere, and no refund that Medusa still has has taken it up. */
async function isToBeTakenUp(
  refunds: readonly GatewayOperation[],
  living: LivingRows
): Promise<boolean> {
  const recorded = refunds.filter(({ state, made_elsewhere }) => state === "done" && made_elsewhere)
  const rows = recorded.flatMap(({ medusa_id }) => medusa_id ?? [])
  const alive = rows.length > 0 ? await living(rows) : []
  return recorded.some(({ medusa_id }) => medusa_id === null || !alive.includes(medusa_id))
}

function words({ gateway_code, gateway_message }: GatewayOperation): string {
  const said = [gateway_code, gateway_message].filter((part) => part)
  return said.length > 0 ? ` (${said.join(": ")})` : ""
}
