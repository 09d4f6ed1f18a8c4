import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { retryPayoutTransferWorkflow } from "../../../../../../workflows"
import { answersRefusals } from "../../../../answers-refusals"
import { transferAnswer } from "../../../answers"
import type { AdminRetryPayoutTransferType } from "../../../validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminRetryPayoutTransferType>,
    res: MedusaResponse
  ): Promise<void> => {
    const { result } = await retryPayoutTransferWorkflow(req.scope).run({
      input: { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id },
    })
    res.json(await transferAnswer(req.scope, result.id))
  }
)
