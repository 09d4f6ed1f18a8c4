import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import { oneActionAtATime, openPayment, settledBefore } from "./open-unmatched"
import { unmatchedOf } from "./unmatched-of"

export type CloseUnmatchedInput = {
  id: string
  /** Why nothing is left to do. */
  note: string
  /** The admin who says so. */
  actor: string
}

const closeStep = createStep(
  "close-unmatched-payment",
  async (input: CloseUnmatchedInput, { container }) =>
    new StepResponse(
      await oneActionAtATime(container, input.id, async () => await close(container, input))
    )
)

/**
 * Closes an unmatched payment: a person says that nothing is left to do about it.
 *
 * @throws MedusaError not_found, or not_allowed for what was settled before
 */
export const closeUnmatchedWorkflow = createWorkflow(
  "close-unmatched-payment",
  (input: WorkflowData<CloseUnmatchedInput>) => new WorkflowResponse(closeStep(input))
)

/** After what is under way about it: a refund that is being made is not closed over. */
async function close(
  container: MedusaContainer,
  { id, note, actor }: CloseUnmatchedInput
): Promise<UnmatchedPayment> {
  const found = await openPayment(container, id)
  const line = { actor, action: "closed", note }
  const closed = await unmatchedOf(container).settle(id, { state: "closed" }, line)
  if (!closed) {
    throw settledBefore((await unmatchedOf(container).find(id)) ?? found)
  }
  return closed
}
