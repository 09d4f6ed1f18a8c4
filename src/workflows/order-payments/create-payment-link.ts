import type { BigNumberInput } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import { nextAction } from "../../storefront/next-action"
import { withPaymentsOfOrder } from "../leases"
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

const createLinkStep = createStep(
  "create-payment-link",
  async (input: CreatePaymentLinkInput, { container }) =>
    await withPaymentsOfOrder(container, input.order_id, async () => {
      const { result } = await openOrderPaymentWorkflow(container).run({
        input: { ...input, purpose: "link" },
      })
      const action = nextAction({ data: result.data })
      if (action.type !== "redirect") {
        throw new Error(`The payment session ${result.session_id} is no link`)
      }
      const { session_id, amount } = result
      return new StepResponse<PaymentLink>({ url: action.url, session_id, amount })
    })
)

/**
 * A link by which a customer pays what is still due on an order. When it was paid, the gateway's callback or
 * `confirmPaymentWorkflow` books it on the order. It takes the place of an earlier link: what is paid by that one all
 * the same is listed as a payment exception.
 *
 * @throws MedusaError not_allowed when it is more than is due, an earlier payment is not settled, or the gateway has no
 * such links
 */
export const createPaymentLinkWorkflow = createWorkflow(
  "create-payment-link",
  (input: WorkflowData<CreatePaymentLinkInput>) => new WorkflowResponse(createLinkStep(input))
)
