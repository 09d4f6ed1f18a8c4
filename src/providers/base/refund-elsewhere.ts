/** Refunds that were made another way than through the gateway: recorded by a person, then taken up by Medusa's refund. */
import type { BigNumberInput } from "@medusajs/framework/types"
import { decimal, equal } from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { possibleSums, sumOfDone, takenAmount, wantedAmount } from "./amounts"
import type { GatewayContext } from "./context"
import { notAllowed } from "./errors"
import { cannotBegin, markIfRefunded } from "./run-operation"
import type { RefundInput } from "./refund"

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
    allExist
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
      await markIfRefunded(context, order)
      return settled ?? start.operation
    }
    case "under_way":
    case "blocked":
    case "over_limit":
      throw cannotBegin(
        gateway.title,
        { kind: "refund", order, amount: wanted, limit, medusaId: null, existing: allExist },
        start
      )
  }
}

type RefundElsewhere = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Keeps who said it and why, before it counts. */
  keep: (operation: GatewayOperation) => Promise<unknown>
}

/** Longer than two statements take, in milliseconds; no request is sent in between. */
const leaseMs = 10_000

/** Says that every row of Medusa's still exists, so that no operation with a row of its own is taken over. */
const allExist = async (ids: string[]) => ids

/**
 * Whether the refund that Medusa is about to book was recorded as made elsewhere. If so, the record is tied to it, and
 * no other refund of Medusa's can use it.
 */
export async function takeUpElsewhere(
  { gateway, journal }: GatewayContext,
  { order, amount, refundId, existing }: RefundInput
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
    existing
  )
  return start.type === "adopted" && start.operation.made_elsewhere
}
