import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { saidByAny } from "../../providers/base/errors"
import type { GatewayContext } from "../../providers/base/context"
import { knownOrder } from "../../providers/base/order-details"
import type { ReviewAnswer } from "../../providers/base/gateway"
import { bookFailedRefund } from "../books/failed-refund"
import { noteFailedRefund } from "../unmatched/failed-refunds"
import type { CheckOutcome } from "./judge-check"
import { dayMs } from "./next-check"

/** What could not be brought to its end is tried again then, in milliseconds. */
const retryMs = 60 * 60_000

type SettledRefund = { operation: GatewayOperation; order: GatewayOrder }

/**
 * Asks about a refund that the gateway said was made, for as long as it can still fail there. One that failed is
 * taken out of Medusa's books, listed, and told to the shop. Nothing is sent: whoever wants the money given back
 * wishes for it anew.
 */
export async function reviewRefund(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order }: SettledRefund
): Promise<CheckOutcome> {
  const { journal } = context
  const { reference } = operation
  if (operation.state === "returned") {
    return await finish(container, context, { operation, order }) // its server died before it came to the end
  }
  const answer = await ask(context, { operation, order })
  const returned =
    answer.outcome === "failed"
      ? await journal.returnRefund(reference, {
          gateway_code: answer.code,
          gateway_message: answer.message,
        })
      : undefined
  if (returned) {
    return await finish(container, context, { operation: returned, order })
  }
  const next = nextReview(context, operation, new Date())
  await journal.scheduleOperationCheck(reference, next)
  return answer.outcome === "unknown" && answer.failure !== undefined
    ? { count: "errors", next, error: `${reference}: ${answer.failure}` }
    : { count: null, next }
}

type Answer = ReviewAnswer & { failure?: string }

/** A question that fails says nothing about the refund. */
async function ask(
  { gateway }: GatewayContext,
  { operation, order }: SettledRefund
): Promise<Answer> {
  const { reference, amount } = operation
  try {
    const answer = await gateway.refund?.review?.({ reference, amount, order: knownOrder(order) })
    return answer ?? { outcome: "unknown" }
  } catch (error) {
    return { outcome: "unknown", failure: saidByAny(error).message }
  }
}

/** A day after the last; null once the gateway can change it no more. */
function nextReview(
  { gateway }: GatewayContext,
  { created_at }: GatewayOperation,
  now: Date
): Date | null {
  const days = gateway.capabilities.refundsSettleWithinDays ?? 0
  const next = new Date(now.getTime() + dayMs)
  return next.getTime() <= created_at.getTime() + days * dayMs ? next : null
}

/** What fails here is tried again in an hour: the row stays due until all of it is done. */
async function finish(
  container: MedusaContainer,
  context: GatewayContext,
  { operation, order }: SettledRefund
): Promise<CheckOutcome> {
  const { journal, log, gateway } = context
  const { reference } = operation
  try {
    const payment = await bookFailedRefund(container, context, { operation, order })
    await noteFailedRefund(container, context, { operation, order, payment })
    await journal.scheduleOperationCheck(reference, null)
    return { count: "failed", next: null }
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error"
    const next = new Date(Date.now() + retryMs)
    log.error(
      `${gateway.title}: the refund ${reference} failed and is not booked so yet: ${reason}`
    )
    await journal.scheduleOperationCheck(reference, next)
    return { count: "errors", next, error: `${reference}: ${reason}` }
  }
}
