import type { MedusaContainer } from "@medusajs/framework/types"
import { PaymentSessionStatus } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { confirmPaymentWorkflow } from "./settle-payment"
import type { PaymentState } from "./settle-payment"
import { sessionRow, orderOfCollection } from "../medusa-reads"
import { closeAwaitingSession } from "../medusa-writes"

export type ExpireOrderInput = { session_id: string }

/** States in which no money came and none is on its way that the gateway would still take. */
const unpaid: readonly PaymentState[] = ["expired", "failed", "canceled"]

/** The order that was placed before its payment came; none where it was paid, or is canceled already. */
const unpaidOrderStep = createStep(
  "find-order-that-awaits-payment",
  async ({ session_id }: ExpireOrderInput, { container }) =>
    new StepResponse(await orderAwaiting(container, session_id))
)

/** Medusa waits for it no longer, and nobody asks about it again. */
const closeSessionStep = createStep(
  "close-session-that-awaits-payment",
  async ({ session_id }: ExpireOrderInput, { container }) => {
    await closeAwaitingSession(container, session_id)
    return new StepResponse()
  }
)

/**
 * Ends an order that was placed on a pay code whose time is over: the gateway is asked first; what was paid
 * is booked, and only what the gateway calls unpaid is canceled.
 */
export const expireOrderWorkflow = createWorkflow(
  "expire-order-awaiting-payment",
  (input: WorkflowData<ExpireOrderInput>) => {
    const payment = confirmPaymentWorkflow.runAsStep({ input })
    const isUnpaid = transform({ payment }, ({ payment }) => unpaid.includes(payment.state))
    const order = when("payment-did-not-come", { isUnpaid }, ({ isUnpaid }) => isUnpaid).then(() =>
      unpaidOrderStep(input)
    )
    when("payment-is-over", { isUnpaid }, ({ isUnpaid }) => isUnpaid).then(() => {
      closeSessionStep(input)
    })
    when("order-was-placed", { order }, ({ order }) => Boolean(order?.order_id)).then(() => {
      cancelOrderWorkflow.runAsStep({
        input: transform({ order }, ({ order }) => ({ order_id: String(order?.order_id) })),
      })
    })
    return new WorkflowResponse(
      transform({ payment, order }, ({ payment, order }) => ({
        state: payment.state,
        canceled_order_id: order?.order_id ?? null,
      }))
    )
  }
)

async function orderAwaiting(
  container: MedusaContainer,
  sessionId: string
): Promise<{ order_id: string | null }> {
  const session = await sessionRow(container, sessionId)
  if (session?.status !== PaymentSessionStatus.PENDING_AUTHORIZATION) {
    return { order_id: null }
  }
  const order = (await orderOfCollection(container, session.payment_collection_id))?.order
  return { order_id: order && order.status !== "canceled" ? order.id : null }
}
