import type { BigNumberInput } from "@medusajs/framework/types"
import { compare, decimal, equal } from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import { cannotBegin } from "./move-money"
import type { RefundWish } from "./refund-wish"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"

/** Longer than two statements take, in milliseconds: nothing is sent in between. */
const leaseMs = 10_000

/** Nothing of Medusa's is asked about: a person's word takes the place of no refund that Medusa has. */
const allLive = async (ids: string[]) => ids

export type RefundElsewhere = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Keeps who said it and why, before it counts. */
  keep: (operation: GatewayOperation) => Promise<unknown>
}

/**
 * Records that money was given back another way than through the gateway. It counts as a refund from then on:
 * the gateway is not asked to give the same money back, and the refund of this amount in Medusa succeeds
 * without a call. A refund of this amount whose outcome is not known is settled by it.
 *
 * @throws MedusaError not_allowed when it is more than is left, or another refund is not settled; invalid_data
 * for what is no amount
 */
export async function recordRefundElsewhere(
  context: GatewayContext,
  { order, amount, keep }: RefundElsewhere
): Promise<GatewayOperation> {
  const { gateway, journal } = context
  if (order.state !== "paid" && order.state !== "refunded") {
    throw notAllowed(
      `Payment ${order.reference} is ${order.state} at ${gateway.title}: there is nothing to give back`
    )
  }
  const operations = await journal.operationsOfOrder(order.reference)
  const limit = takenAmount(gateway, order, operations)
  const done = possibleSums(operations, "refund")
  const wanted = wantedAmount(gateway, order, amount, { whole: limit, done })
  const start = await journal.beginOperation(
    {
      order_reference: order.reference,
      kind: "refund",
      amount: wanted,
      currency_code: order.currency_code,
      medusa_id: null,
      lease_ms: leaseMs,
      limit,
    },
    allLive
  )
  switch (start.type) {
    case "begun":
    case "resume":
    case "adopted": {
      await keep(start.operation)
      const { reference } = start.operation
      const settled = await journal.settleOperation(reference, {
        state: "done",
        made_elsewhere: true,
      })
      await noteWhole(context, order)
      return settled ?? start.operation
    }
    case "under_way":
    case "blocked":
    case "over_limit":
      throw cannotBegin(
        gateway.title,
        { kind: "refund", order, amount: wanted, limit, medusaId: null, living: allLive },
        start
      )
  }
}

/**
 * Whether the refund that Medusa is about to book was recorded as made another way; then it is taken up, and
 * no other refund can take it up again.
 */
export async function takeUpElsewhere(
  { gateway, journal }: GatewayContext,
  { order, amount, refundId, living }: RefundWish
): Promise<boolean> {
  const operations = await journal.operationsOfOrder(order.reference)
  const recorded = operations.filter(
    ({ kind, state, made_elsewhere }) => kind === "refund" && state === "done" && made_elsewhere
  )
  if (recorded.length === 0) {
    return false
  }
  const wanted = wantedAmount(gateway, order, amount, {
    whole: takenAmount(gateway, order, operations),
    done: possibleSums(operations, "refund"),
  })
  if (!recorded.some((operation) => equal(decimal(operation.amount), decimal(wanted)))) {
    return false
  }
  const start = await journal.beginOperation(
    {
      order_reference: order.reference,
      kind: "refund",
      amount: wanted,
      currency_code: order.currency_code,
      medusa_id: refundId,
      lease_ms: 0,
      // What was made already, so that nothing new can begin here.
      limit: sumOfDone(operations, "refund"),
    },
    living
  )
  return start.type === "adopted" && start.operation.made_elsewhere
}

/** All that was taken was given back, whoever did it: the order holds no money any more. */
export async function noteWhole(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder
): Promise<{ order: GatewayOrder; isWhole: boolean }> {
  const operations = await journal.operationsOfOrder(order.reference)
  const taken = takenAmount(gateway, order, operations)
  if (compare(sumOfDone(operations, "refund"), decimal(taken)) < 0) {
    return { order, isWhole: false }
  }
  const changed = await journal.changeOrder(order.reference, { state: "refunded" })
  return { order: changed ?? order, isWhole: true }
}
