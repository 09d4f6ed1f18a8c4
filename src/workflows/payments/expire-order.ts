import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, PaymentSessionStatus } from "@medusajs/framework/utils"
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
    const payment = container.resolve(Modules.PAYMENT)
    const [session] = await payment.listPaymentSessions({
      id: [session_id],
    })
    if (session?.status === PaymentSessionStatus.PENDING_AUTHORIZATION) {
      const { id, data, amount, currency_code } = session
      const status = PaymentSessionStatus.CANCELED
      await payment.updatePaymentSession({ id, data: data ?? {}, amount, currency_code, status })
    }
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
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: sessions } = await query.graph({
    entity: "payment_session",
    fields: ["id", "status", "payment_collection_id"],
    filters: { id: sessionId },
  })
  const [session] = sessions
  if (session?.status !== PaymentSessionStatus.PENDING_AUTHORIZATION) {
    return { order_id: null }
  }
  const { data: links } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order.id", "order.status"],
    filters: { payment_collection_id: session.payment_collection_id },
  })
  const order = links[0]?.order
  return { order_id: order && order.status !== "canceled" ? order.id : null }
}
