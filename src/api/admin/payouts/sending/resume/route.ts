import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { resumePayoutsWorkflow } from "../../../../../workflows"
import { answersRefusals } from "../../../answers-refusals"
import { sendingAnswer } from "../../answers"
import type { AdminResumePayoutsType } from "../../validators"

export const POST = answersRefusals(
  async (
    req: AuthenticatedMedusaRequest<AdminResumePayoutsType>,
    res: MedusaResponse
  ): Promise<void> => {
    await resumePayoutsWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
    res.json(await sendingAnswer(req.scope))
  }
)
