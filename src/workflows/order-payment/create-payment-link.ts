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
import { nextAction } from "../../storefront/next-action"
import { openOrderPaymentWorkflow } from "./open-order-payment"

export type CreatePaymentLinkInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** Major units; all that is due on the order where there is none. */
  amount?: BigNumberInput
}

/** `amount` in major units. */
export type PaymentLink = { url: string; session_id: string; amount: number }

type Opened = { session_id: string; data: Record<string, unknown>; amount: number }

const readLinkStep = createStep(
  "read-payment-link",
  async ({ session_id, data, amount }: Opened) => {
    const action = nextAction({ data })
    if (action.type !== "redirect") {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        "This payment provider has no links that can be sent to a customer"
      )
    }
    return new StepResponse<PaymentLink>({ url: action.url, session_id, amount })
  }
)

/**
 * A link by which a customer pays what is still due on an order. When it was paid, the gateway's callback or
 * `confirmPaymentWorkflow` books it on the order.
 *
 * @throws MedusaError not_allowed when it is more than is due, or the gateway has no such links
 */
export const createPaymentLinkWorkflow = createWorkflow(
  "create-payment-link",
  (input: WorkflowData<CreatePaymentLinkInput>) => {
    const opened = openOrderPaymentWorkflow.runAsStep({
      input: transform({ input }, ({ input }) => ({ ...input, purpose: "link" as const })),
    })
    return new WorkflowResponse(readLinkStep(opened))
  }
)
