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
import type {
  NewPaymentRequest,
  PaymentPurpose,
} from "../../modules/payment-journal/payment-request"
import { requestKey } from "../../providers/base/payment-request"
import { journalOf } from "../../providers/gateway-context-of"
import { amountDue, unsettledCharge } from "./amount-due"

export type OpenOrderPaymentInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** Major units; all that is due where there is none. */
  amount?: BigNumberInput
  purpose: PaymentPurpose
  /** The order at the gateway whose money is attached. */
  reference?: string
  /** The gateway's number of the method that is charged. */
  saved_method_id?: string
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

/** Committed before the session is made: the provider gives the session nothing that was not asked for here. */
const requestPaymentStep = createStep(
  "request-payment-of-order",
  async (request: NewPaymentRequest, { container }) =>
    new StepResponse(await journalOf(container).requestPayment(request))
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
    const request = requestPaymentStep(
      transform({ input, collections }, ({ input, collections }) => ({
        order_id: input.order_id,
        payment_collection_id: firstId(collections),
        provider_id: input.provider_id,
        purpose: input.purpose,
        reference: input.reference ?? null,
      }))
    )
    const session = createPaymentSessionsWorkflow.runAsStep({
      input: transform({ input, due, request }, ({ input, due, request }) => ({
        payment_collection_id: request.payment_collection_id,
        provider_id: input.provider_id,
        customer_id: due.customer_id ?? undefined,
        data: {
          [requestKey]: request.id,
          ...(input.saved_method_id ? { saved_method_id: input.saved_method_id } : {}),
          ...(due.email ? { payer: { email: due.email } } : {}),
        },
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
