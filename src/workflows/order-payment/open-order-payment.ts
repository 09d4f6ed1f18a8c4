import type { BigNumberInput } from "@medusajs/framework/types"
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
import { notAllowed } from "../../providers/base/errors"
import { requestKey } from "../../providers/base/payment-request"
import { journalOf } from "../../providers/registry"
import { nextAction } from "../../storefront/next-action"
import { amountDue } from "./amount-due"
import { letGoOfSessions, replaceableSessions } from "./earlier-payments"

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
  async ({ order_id, amount, reference }: OpenOrderPaymentInput, { container }) => {
    const due = await amountDue(container, order_id, amount)
    const earlier = await replaceableSessions(container, order_id, reference)
    return new StepResponse({ ...due, earlier })
  }
)

/** Committed before the session is made: the provider gives the session nothing that was not asked for here. */
const requestPaymentStep = createStep(
  "request-payment-of-order",
  async (request: NewPaymentRequest, { container }) =>
    new StepResponse(await journalOf(container).requestPayment(request))
)

/** A link is what a customer can be sent; asked before an earlier link is let go of. */
const requireLinkStep = createStep(
  "require-payment-link",
  async (opened: { purpose: PaymentPurpose; data: Record<string, unknown> | undefined }) => {
    const action = nextAction({ data: opened.data ?? {} })
    if (opened.purpose === "link" && action.type !== "redirect") {
      throw notAllowed("This payment provider has no links that can be sent to a customer")
    }
    return new StepResponse()
  }
)

/** Only once the new payment is open: where it can't be opened, the earlier one can still be paid. */
const letGoStep = createStep(
  "let-go-of-earlier-payments",
  async (input: { order_id: string; sessions: string[] }, { container }) => {
    await letGoOfSessions(container, input.order_id, input.sessions)
    return new StepResponse()
  }
)

/**
 * Opens a payment of its own for what is due on an order that was placed before. It takes the place of earlier ones
 * that were not paid; run it under `withPaymentsOfOrder`.
 */
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
    requireLinkStep(
      transform({ input, session }, ({ input, session }) => ({
        purpose: input.purpose,
        data: session.data,
      }))
    )
    letGoStep(
      transform({ input, due }, ({ input, due }) => ({
        order_id: input.order_id,
        sessions: due.earlier,
      }))
    )
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
