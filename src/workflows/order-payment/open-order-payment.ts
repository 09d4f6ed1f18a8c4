import type { BigNumberInput } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import {
  createOrderPaymentCollectionWorkflow,
  createPaymentSessionsWorkflow,
} from "@medusajs/medusa/core-flows"
import { amountDue, unsettledCharge } from "./amount-due"

export type OpenOrderPaymentInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** Major units; all that is due where there is none. */
  amount?: BigNumberInput
  /** What the provider is told; only workflows of the shop's own server can say `invoice` and `recurring`. */
  data: Record<string, unknown>
}

const amountDueStep = createStep(
  "amount-due-on-order",
  async ({ order_id, amount }: OpenOrderPaymentInput, { container }) => {
    const due = await amountDue(container, order_id, amount)
    const unsettled = await unsettledCharge(container, order_id)
    if (unsettled) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `An earlier charge of order ${order_id} is not settled yet (payment session ${unsettled}). Nothing was ` +
          `sent. Run confirmPaymentWorkflow for that session until it is paid or failed, then try again`
      )
    }
    return new StepResponse(due)
  }
)

/** Opens a payment of its own for what is due on an order that was placed before. */
export const openOrderPaymentWorkflow = createWorkflow(
  "open-order-payment",
  (input: WorkflowData<OpenOrderPaymentInput>) => {
    const due = amountDueStep(input)
    const collections = createOrderPaymentCollectionWorkflow.runAsStep({
      input: transform({ input, due }, ({ input, due }) => ({
        order_id: input.order_id,
        amount: due.amount,
      })),
    })
    const session = createPaymentSessionsWorkflow.runAsStep({
      input: transform({ input, due, collections }, ({ input, due, collections }) => ({
        payment_collection_id: firstId(collections),
        provider_id: input.provider_id,
        customer_id: due.customer_id ?? undefined,
        data: { ...input.data, ...(due.email ? { payer: { email: due.email } } : {}) },
      })),
    })
    return new WorkflowResponse(
      transform({ session, due }, ({ session, due }) => ({
        session_id: session.id,
        data: session.data,
        amount: due.amount,
      }))
    )
  }
)

function firstId([collection]: readonly { id: string }[]): string {
  if (!collection) {
    throw new Error("Medusa made no payment collection")
  }
  return collection.id
}
