import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  checkedKinds,
  type CheckedKind,
  type GatewayOperation,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"
import type { GatewayContext } from "../../providers/base/context"
import { moveNouns, settleOperation } from "../../providers/base/operation"
import { reviewLostMoves } from "../books/lost-moves"
import { ownPaymentsOfSession } from "../unmatched/payment-of-ours"
import { judgeOperationCheck, type CheckOutcome } from "./judge-check"
import { tellOfGivingUp } from "./tell-of-giving-up"
import { reviewRefund } from "./review-refund"
import { takeBackRow } from "./take-back-row"

/**
 * Asks what became of a move of money whose answer never came, or of a refund that can still fail, and says when to ask
 * again. Nothing is sent.
 */
export async function reconcileOperation(
  container: MedusaContainer,
  context: GatewayContext,
  operation: GatewayOperation
): Promise<CheckOutcome> {
  const { gateway, journal, log } = context
  const kind = checkedKinds.find((known) => known === operation.kind)
  const order = await journal.findOrder(operation.order_reference)
  if (!kind || !order) {
    throw new Error(`The journal has no order for ${operation.reference}, or it is a charge`)
  }
  if (operation.state === "done" || operation.state === "returned") {
    return await reviewRefund(container, context, { operation, order })
  }
  if (await takeBackRow(container, operation)) {
    log.warn(
      `${gateway.title}: a server ended while the ${moveNouns[kind]} ${operation.reference} was under way. Medusa's ` +
        `own row for it was taken back; repeat the same ${moveNouns[kind]} in the dashboard: nothing is sent twice`
    )
  }
  const living = livingRows(container, kind)
  const finding = await settleOperation(context, { kind, order, operation, living })
  const judgement = judgeOperationCheck(operation, finding, gateway.capabilities, new Date())
  await journal.scheduleOperationCheck(operation.reference, judgement.next)
  if (judgement.count === "given_up") {
    await tellOfGivingUp(container, context, {
      reference: operation.reference,
      sentence:
        `${gateway.title}: whether the ${moveNouns[kind]} ${operation.reference} of ${operation.amount} ` +
        `${operation.currency_code.toUpperCase()} was made is still not known and is not asked about any more. Look ` +
        `it up in the gateway's dashboard`,
    })
  }
  if (finding === "done") {
    await reviewPaymentOf(container, order)
  }
  return judgement
}

/** A server that dies before it comes to this leaves it to `agreeRecentBooks`. */
async function reviewPaymentOf(container: MedusaContainer, order: GatewayOrder): Promise<void> {
  for (const own of await ownPaymentsOfSession(container, order)) {
    await reviewLostMoves(container, own)
  }
}

/** Medusa has no row of its own for a cancellation. */
function livingRows(container: MedusaContainer, kind: CheckedKind): LivingRows {
  if (kind === "reverse") {
    return async () => []
  }
  return async (ids) => {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    const { data } = await query.graph({ entity: kind, fields: ["id"], filters: { id: ids } })
    return data.map(({ id }) => id)
  }
}
