import { MedusaError } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import { unmatchedOf } from "../unmatched/unmatched-of"
import { inboxOf, processWebhookEvent } from "./process-webhook-event"

export type ReplayWebhookInput = {
  id: string
  /** The admin who wants it. */
  actor: string
}

const replayStep = createStep(
  "replay-gateway-webhook",
  async ({ id, actor }: ReplayWebhookInput, { container }) => {
    const revived = await inboxOf(container).revive(id)
    if (!revived) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `There is no webhook ${id} that was given up: only such a one can be tried again`
      )
    }
    await unmatchedOf(container).addLine(id, { actor, action: "replayed", note: revived.error })
    await processWebhookEvent(container, id)
    return new StepResponse({ id })
  }
)

/**
 * Has a message that was given up worked on again, from its first try on.
 *
 * @throws MedusaError not_allowed for one that was not given up
 */
export const replayWebhookWorkflow = createWorkflow(
  "replay-gateway-webhook",
  (input: WorkflowData<ReplayWebhookInput>) => new WorkflowResponse(replayStep(input))
)
