import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { refundUnmatchedWorkflow } from "../../../../../../workflows"
import { unmatchedAnswer } from "../../answer"
import type { AdminRefundUnmatchedType } from "../../validators"

/** Gives an unmatched payment back through its gateway. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminRefundUnmatchedType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await refundUnmatchedWorkflow(req.scope).run({
    input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
  })
  res.json(await unmatchedAnswer(req.scope, id))
}
