import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { resolvePayoutFileWorkflow } from "../../../../../../workflows"
import { withClearConflict } from "../../../../admin-route"
import { fileAnswer } from "../../../file-answers"
import type { AdminResolvePayoutFileType } from "../../../file-validators"

export async function POST(
  req: AuthenticatedMedusaRequest<AdminResolvePayoutFileType>,
  res: MedusaResponse
): Promise<void> {
  const id = String(req.params.id)
  const { actor_id: actor } = req.auth_context
  await withClearConflict(
    resolvePayoutFileWorkflow(req.scope).run({ input: { ...req.validatedBody, id, actor } })
  )
  res.json(await fileAnswer(req.scope, id))
}
