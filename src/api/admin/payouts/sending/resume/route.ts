import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { resumePayoutsWorkflow } from "../../../../../workflows"
import { withClearConflict } from "../../../admin-route"
import { sendingAnswer } from "../../answers"
import type { AdminResumePayoutsType } from "../../validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminResumePayoutsType>,
  res: MedusaResponse
): Promise<void> {
  await withClearConflict(
    resumePayoutsWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await sendingAnswer(req.scope))
}
