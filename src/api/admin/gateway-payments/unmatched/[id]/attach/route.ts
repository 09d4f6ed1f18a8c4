import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { attachUnmatchedWorkflow } from "../../../../../../workflows"
import { unmatchedAnswer } from "../../answer"
import type { AdminAttachUnmatchedType } from "../../validators"

/** Makes an unmatched payment a payment of an order. */
export async function POST(
  req: AuthenticatedMedusaRequest<AdminAttachUnmatchedType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  await attachUnmatchedWorkflow(req.scope).run({
    input: { ...req.validatedBody, id, actor: req.auth_context.actor_id },
  })
  res.json(await unmatchedAnswer(req.scope, id))
}
