import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pausePayoutsWorkflow } from "../../../../../workflows"
import { withClearConflict } from "../../../admin-route"
import { sendingAnswer } from "../../answers"
import type { AdminPausePayoutsType } from "../../validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminPausePayoutsType>,
  res: MedusaResponse
): Promise<void> {
  await withClearConflict(
    pausePayoutsWorkflow(req.scope).run({
      input: { ...req.validatedBody, actor: req.auth_context.actor_id },
    })
  )
  res.json(await sendingAnswer(req.scope))
}
