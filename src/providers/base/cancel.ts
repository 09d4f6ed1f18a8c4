import { isZero } from "../../gateways/shared/money"
import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import { syncOrder } from "./sync-order"
import { notAllowed, errorInBrackets } from "./errors"
import type { GatewayContext } from "./context"
import { refuseIfMoneyCame } from "./create-order"
import { runOperation } from "./run-operation"
import { voidRule } from "./possible-operations"
import { sumOfDone } from "./amounts"

export type CancelInput = {
  order: GatewayOrder
  /** The payment Medusa wants canceled; absent where it could not even write one. */
  paymentId?: string
  /** Medusa's payments of the same session that are not canceled. */
  existingPayments: () => Promise<string[]>
}

/**
 * Releases a payment that was not taken. It never refunds: Medusa also calls it on the loser of two
 * authorisations that raced, whose money is the winner's, and right before it refunds by itself.
 *
 * @throws MedusaError not_allowed when the money was taken, or is another payment's
 */
export async function cancelOrder(
  context: GatewayContext,
  { order, paymentId, existingPayments }: CancelInput
): Promise<GatewayOrder> {
  const { gateway, journal } = context
  const current = await currentState(context, order)
  switch (current.state) {
    case "paid":
      throw notAllowed(
        `Payment ${order.reference} was paid at ${gateway.title} and can't be canceled: refund it instead`
      )
    case "authorized":
      return await voidReservation(context, current, paymentId, await existingPayments())
    default:
      await refuseIfMoneyCame(context, order)
      await journal.releaseSession(order.reference)
      return current
  }
}

async function voidReservation(
  context: GatewayContext,
  order: GatewayOrder,
  paymentId: string | undefined,
  existingPayments: readonly string[]
): Promise<GatewayOrder> {
  const { gateway, journal } = context
  if (existingPayments.some((id) => id !== paymentId)) {
    throw notAllowed(
      `The money reserved as ${order.reference} at ${gateway.title} belongs to another payment of the ` +
        `same session: it is left alone`
    )
  }
  const rule = voidRule({ gateway, order })
  if (rule.extent === "none" && rule.reason === "no_voids") {
    throw notAllowed(
      `${gateway.title} can't give back a reservation: ${order.reference} lapses by itself, or capture ` +
        `and refund it`
    )
  }
  const operations = await journal.operationsOfOrder(order.reference)
  if (isZero(sumOfDone(operations, "void"))) {
    await voidOnce(context, order)
  }
  return (await journal.changeOrder(order.reference, { state: "canceled" })) ?? order
}

async function voidOnce(context: GatewayContext, order: GatewayOrder): Promise<void> {
  await runOperation(context, {
    kind: "void",
    order,
    amount: order.amount,
    limit: order.amount,
    medusaId: null,
    existing: async () => [],
  })
}

const mayHaveBeenPaid: readonly GatewayOrderState[] = ["opening", "open", "failed", "expired"]

/** An order that looks unpaid may have been paid a moment ago. */
async function currentState(context: GatewayContext, order: GatewayOrder): Promise<GatewayOrder> {
  if (!mayHaveBeenPaid.includes(order.state)) {
    return order
  }
  try {
    return (await syncOrder(context, order)).order
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    context.log.warn(
      `${context.gateway.title}: ${order.reference} is released without knowing its state${errorInBrackets(error)}`
    )
    return order
  }
}
