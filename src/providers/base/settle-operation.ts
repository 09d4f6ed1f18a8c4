import { compare, decimal } from "../../gateways/shared/money"
import type {
  CheckedKind,
  GatewayOperation,
  OperationState,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import { askAboutMove } from "./ask-about-move"
import type { GatewayContext } from "./context"
import { knownOrder } from "./order-details"
import { firstReview } from "./move-money"
import { moveNouns } from "./move-nouns"
import type { MoveAnswer } from "./gateway"
import { sumOfDone, takenAmount } from "./amounts"

export type UnsettledMove = {
  kind: CheckedKind
  order: GatewayOrder
  /** Taken over before, so that nobody resumes it meanwhile; see `PaymentJournal.claimOperationsToCheck`. */
  operation: GatewayOperation
  /** Which of Medusa's rows for moves of this kind still exist. */
  living: LivingRows
}

/** `may_repeat`: it was not made; whoever wished for it can repeat it. */
export type MoveFinding = MoveAnswer["outcome"]

/**
 * Finds out what became of a move whose answer never came. It asks and never sends: only who wished for the
 * move may wish for it again. What was made is written down as done; where Medusa lost its own row for it,
 * the next wish for the same takes it over instead of sending it.
 */
export async function settleOperation(
  context: GatewayContext,
  move: UnsettledMove
): Promise<MoveFinding> {
  const { gateway, journal } = context
  const { kind, order, operation } = move
  const calls = gateway[kind]
  const answer: MoveAnswer = calls
    ? await askAboutMove(calls, {
        reference: operation.reference,
        amount: operation.amount,
        order: knownOrder(order),
      })
    : { outcome: "unknown", message: `${gateway.title} has no ${moveNouns[kind]}` }
  const settled = await journal.settleOperation(operation.reference, {
    ...outcomeOf(answer),
    look_again_at: firstReview(gateway, kind, new Date()),
  })
  if (settled && settled.state !== operation.state) {
    await tell(context, move, settled.state)
  }
  if (answer.outcome === "done") {
    await noteOnOrder(context, order, kind)
  }
  return answer.outcome
}

/** What may be repeated stays unknown, so that the repeat is asked about first and has the same reference. */
function outcomeOf(answer: MoveAnswer) {
  return answer.outcome === "may_repeat"
    ? { state: "unknown" as const }
    : {
        state: answer.outcome,
        gateway_id: answer.gatewayId,
        gateway_code: answer.code,
        gateway_message: answer.message,
      }
}

async function noteOnOrder(
  { gateway, journal }: GatewayContext,
  order: GatewayOrder,
  kind: CheckedKind
): Promise<void> {
  switch (kind) {
    case "capture":
      await journal.changeOrder(order.reference, { state: "paid" })
      return
    case "reverse":
      await journal.changeOrder(order.reference, { state: "canceled" })
      return
    case "refund": {
      const operations = await journal.operationsOfOrder(order.reference)
      const taken = decimal(takenAmount(gateway, order, operations))
      if (compare(sumOfDone(operations, "refund"), taken) >= 0) {
        await journal.changeOrder(order.reference, { state: "refunded" })
      }
    }
  }
}

async function tell(
  { gateway, announce, log }: GatewayContext,
  { kind, order, operation, living }: UnsettledMove,
  state: OperationState
): Promise<void> {
  if (state !== "done" && state !== "declined") {
    return
  }
  const { reference, amount, currency_code, medusa_id } = operation
  const isInMedusa = medusa_id !== null && (await living([medusa_id])).length > 0
  const noun = moveNouns[kind]
  const what = `${gateway.title}: the ${noun} ${reference} of ${amount} ${currency_code.toUpperCase()}`
  if (state === "declined") {
    log.info(`${what} was not made; no money moved`)
  } else if (isInMedusa) {
    log.info(`${what} was made`)
  } else {
    log.info(`${what} was made, and Medusa's books lack it`) // the list of what waits for a person says it loudly
  }
  await announce({
    name: "payment.operation_settled",
    data: {
      provider_id: order.provider_id,
      reference,
      order_reference: order.reference,
      session_id: order.session_id,
      cart_id: order.cart_id,
      kind,
      amount,
      currency_code,
      state,
      is_in_medusa: isInMedusa,
    },
  })
}
