import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { closeUnmatchedWorkflow } from "../../../../../../workflows"
import { unmatchedAnswer } from "../../answer"
import type { AdminCloseUnmatchedType } from "../../validators"

/** Closes an unmatched payment: nothing is left to do. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminCloseUnmatchedType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await closeUnmatchedWorkflow(req.scope).run({
    input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
  })
  res.json(await unmatchedAnswer(req.scope, id))
}
